// The thread's entry where the sources are TypeScript: `--import tsx` does nothing in a worker thread on Node 20, so the
// loader is registered from inside. The compiled package starts thread.js itself.
import { register } from 'tsx/esm/api';

register();
export const { extract, reconcile, patterns } = await import('./thread.ts');
