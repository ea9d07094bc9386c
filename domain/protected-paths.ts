/** Whether `path` is one of the protected paths or lies below one that ends in a slash. */
export function isProtected(path: string, protect: readonly string[]): boolean {
  return protect.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));
}
