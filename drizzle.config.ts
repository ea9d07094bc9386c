import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate` writes the next migration from the schema; a person reads and edits it before it is committed. */
export default defineConfig({ dialect: 'postgresql', schema: './db/schema/index.ts', out: './db/migrations' });
