import { extract } from './test/offline-extract/build-window.ts';
for (const n of [2000,4000,8000,16000,40000]) { const t=performance.now(); const f=extract([{user:'We deploy to eu-north-1. '.repeat(n)}]); console.log(n,f.length,(performance.now()-t).toFixed(0)); }
