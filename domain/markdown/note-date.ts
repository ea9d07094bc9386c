// Finds the date that a note carries about itself: "[2025-04-18]", "(2025-12-17)", "-- as of 2025-11-24", "19 Sep 2025:".

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const date = String.raw`(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.? [A-Z][a-z]{2,8}\.?,? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})`;
// A date inside a sentence ("the migration on 2026-08-20") says when something is, not when the note was true.
const stamps = [
  new RegExp(String.raw`^\W{0,3}(${date})\*{0,2}[\])]?\*{0,2}(?::| ?[-–—|] |$)`),
  new RegExp(String.raw`^[[(](${date})[\])]`),
  new RegExp(String.raw`\b(?:as of|since|updated|noted|recorded|verified|checked|last seen|seen)(?: on)?:? \(?(${date})`, 'i'),
  new RegExp(String.raw`[[(](?:[^()[\]]{0,60}, ?|updated:? |from |on )?(${date})[\])]`),
  new RegExp(String.raw`[-–—|,] ?(${date})[.)\]]?$`),
];

/** ISO date (YYYY-MM-DD), or null when the note has no stamp of its own. Only the ends of a long text are looked at. */
export function noteDate(text: string): string | null {
  const looked = text.length <= 4_000 ? text : `${text.slice(0, 2_000)}\n${text.slice(-2_000)}`;
  for (const stamp of stamps) {
    const found = stamp.exec(looked)?.[1];
    const iso = found === undefined ? null : toIsoDate(found);
    if (iso !== null) return iso;
  }
  return null;
}

/** The date of a whole memory: of the innermost heading or a path that carry one. */
export function memoryDate(headings: readonly string[], path: string): string | null {
  for (const heading of headings.toReversed()) {
    const found = new RegExp(`\\b${date}`).exec(heading)?.[0];
    const iso = found === undefined ? null : toIsoDate(found);
    if (iso !== null) return iso;
  }
  const inPath = /(?:^|[^\d])(\d{4}-\d{2}-\d{2})(?:[^\d]|$)/.exec(path)?.[1];
  return inPath === undefined ? null : toIsoDate(inPath);
}

export function toIsoDate(written: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
  const dayFirst = /^(\d{1,2})\.? ([A-Za-z]+)\.?,? (\d{4})$/.exec(written);
  const monthFirst = /^([A-Za-z]+)\.? (\d{1,2}),? (\d{4})$/.exec(written);
  if (iso !== null) return validDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  if (dayFirst !== null) return validDate(Number(dayFirst[3]), monthNumber(dayFirst[2] ?? ''), Number(dayFirst[1]));
  if (monthFirst !== null) return validDate(Number(monthFirst[3]), monthNumber(monthFirst[1] ?? ''), Number(monthFirst[2]));
  return null;
}

function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function validDate(year: number, month: number, day: number): string | null {
  const lastDay =
    month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > lastDay) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
