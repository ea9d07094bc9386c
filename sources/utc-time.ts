/** A time as a source writes it → ISO in UTC with milliseconds and Z; null when it is missing or no real time. */
const isoTime = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|UTC|[+-]\d\d:?(?:\d\d)?)?)?$/;

export function toUtc(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 64) return null;
  const found = isoTime.exec(value.trim());
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(found[group] ?? '0')) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysInMonth || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Number((found[7] ?? '0').padEnd(3, '0').slice(0, 3));
  const offset = offsetMinutes(found[8]);
  if (offset === null) return null;
  return new Date(Date.UTC(year, month - 1, day, hour, minute - offset, second, ms)).toISOString();
}

/** Without a zone the time is UTC: a rule for both ends beats a guess about the machine that wrote it. */
function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || /^(?:z|utc)$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 15 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
