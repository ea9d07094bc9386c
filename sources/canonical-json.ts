/** JSON with sorted keys: equal values give equal text, whatever order a writer chose. For values that JSON.parse made. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Record<string, unknown>;
  const fields = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  return `{${fields.join(',')}}`;
}

/** Deeper values would overflow the stack of whoever walks them; no transcript that a tool wrote comes near. */
export const maxDepth = 200;

export function isTooDeep(value: unknown, left = maxDepth): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (left === 0) return true;
  for (const child of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    if (isTooDeep(child, left - 1)) return true;
  }
  return false;
}
