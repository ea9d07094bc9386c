/** The steps of the example: its workflow reads pages and writes them, and later checks them in between. */
export const steps = {
  read: async (): Promise<number> => 3,
  check: async (pages: number): Promise<number> => pages,
  write: async (pages: number): Promise<string> => `${String(pages)} pages`,
};

export type Steps = typeof steps;
