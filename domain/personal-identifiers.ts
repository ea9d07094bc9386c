// Finds numbers and addresses that point at one person: e-mail, telephone, payment card, bank account, national number.

export interface PersonalIdentifier {
  start: number;
  end: number;
  kind: 'e-mail address' | 'telephone number' | 'card number' | 'bank account' | 'national number';
}

/** Every personal identifier in `text`, in order, not overlapping. */
export function findPersonalIdentifiers(text: string): PersonalIdentifier[] {
  const found: PersonalIdentifier[] = [];
  const collect = (kind: PersonalIdentifier['kind'], pattern: RegExp, accept: (value: string) => boolean): void => {
    for (const match of text.matchAll(pattern)) {
      if (accept(match[0])) found.push({ start: match.index, end: match.index + match[0].length, kind });
    }
  };
  collect(
    'e-mail address',
    /(?<![\w.%+/:-])[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,5}(?![\w@:]|-\w)/g,
    isPersonalAddress,
  );
  collect('bank account', /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g, isIban);
  collect('card number', /(?<![\w.+-])[2-6]\d{3}(?:([ -]?)\d{4}\1\d{4}\1\d{1,7}|([ -]?)\d{6}\2\d{5})(?![\w-]|\.\d)/g, isCardNumber);
  collect('national number', /(?<![\w.-])(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}(?![\w-])/g, () => true);
  collect('telephone number', /(?<![\w.+-])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?![\w])/g, (value) =>
    hasDigits(value, /^\+\d+$/.test(value) ? 9 : 8, 15),
  );
  collect('telephone number', /(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-]|\.\d)/g, () => true);
  collect('telephone number', /(?<![\w.+-]|[\dA-Z] )0[1-9]\d{1,3}[ /-]\d{5,8}(?![\w-]| \d|\.\d)/g, (value) => hasDigits(value, 9, 12));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((identifier) => {
    if (identifier.start < end) return false;
    end = identifier.end;
    return true;
  });
}

/** Not a package with its version (`name@1.2.0-rc.beta`), a repository's address, or a name reserved for examples (RFC 2606). */
function isPersonalAddress(address: string): boolean {
  const domain = address.slice(address.indexOf('@') + 1).toLowerCase();
  if (/^\d+\.\d/.test(domain) || !/\.[a-z]{2,24}$/.test(domain)) return false;
  return !/(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost|local)$/.test(domain);
}

function hasDigits(value: string, least: number, most: number): boolean {
  const count = value.replaceAll(/\D/g, '').length;
  return count >= least && count <= most;
}

/** The Luhn sum over 13 to 19 digits; the same digit all through is nobody's card. */
function isCardNumber(value: string): boolean {
  const digits = value.replaceAll(/\D/g, '');
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** ISO 13616: letters as 10 to 35, the first four characters last, remainder 1 by 97. */
function isIban(value: string): boolean {
  const account = value.replaceAll(' ', '');
  if (account.length < 15 || account.length > 34) return false;
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    for (const digit of String(parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}
