// Settings as people say them: "X sits on port N", "we are on <tool>", "the db is on <product> <version>", "... to region R".
import { kindOfThing } from './known-things.ts';
import { cutValue, nominal } from './slot-parts.ts';
import type { Slot } from './slot-parts.ts';

const onPort =
  /^(.{2,50}?)\s+(?:now |also |locally )?(?:sits?|listens?|runs?|answers?|lives?|is|are|starts?(?: up)?|serves?|binds?|stays?)(?: now)? (?:on|at|to) port (\d{2,5})\b(.*)$/i;
const onThing =
  /^(?:since [^,]{3,30},? )?(.{0,50}?)(?:(?:^|\s+)(?:is|are|runs?|went|moved|stays?|sits?)|['’]s|['’]re)\s+(?:now |still |all |over )*(?:on|to) ([\p{L}.+#-]{2,20}(?: v?\d[\d.]*)?)(?=\s+(?:since|now|locally|as of|everywhere|in|because|for)\b|[,;]|$)(.*)$/iu;
const runsThing =
  /^(.{2,40}?)\s+(?:runs?|uses?) ([\p{L}.+#-]{2,20} v?\d[\d.]*)(?=\s+(?:since|now|locally|as of|everywhere|in|because|for)\b|[,;]|$)(.*)$/iu;
const named = /^(.{2,70}?)\s(?:to|on|in|at) (region|zone|cluster|plan|branch|version) ([\w.-]{2,30})(?=[\s,;]|$)(.*)$/i;

/** "`make check` runs the tests": the command stands first. */
const commandFirst =
  /^(`[^`]{2,80}`) (runs|starts|executes|builds|lints|formats|deploys|launches|tests|installs)(?: (?:the |all |our )?(.{2,40}))?$/i;
/** "The user is in the Lisbon timezone". */
const inZone = /^(.{1,40}?) (?:is|am|are|sits?|lives?|works?) (?:in|on) (?:the )?(\p{Lu}[\p{L}/_+-]+(?: \p{Lu}\p{L}+)?) time ?zone$/u;

export function setting(text: string): Slot | null {
  const first = commandFirst.exec(text);
  if (first !== null) {
    const [, value = '', verb = '', object = ''] = first;
    return { subject: object, attribute: 'command', value, oldValue: null, rest: `${object} ${verb} command` };
  }
  const zone = inZone.exec(text);
  if (zone !== null)
    return { subject: zone[1] ?? '', attribute: 'timezone', value: zone[2] ?? '', oldValue: null, rest: `${zone[1]} timezone` };
  const port = onPort.exec(text);
  if (port !== null)
    return {
      subject: port[1] ?? '',
      attribute: 'port',
      value: port[2] ?? '',
      oldValue: null,
      rest: `${port[1]} port ${mainClause(port[3] ?? '')}`,
    };
  const thing = onThing.exec(text) ?? runsThing.exec(text);
  const kind = thing === null ? '' : kindOfThing(thing[2] ?? '');
  if (thing !== null && kind !== '' && kind !== 'chat') {
    const versioned = /\d/.test(thing[2] ?? '');
    return {
      ...nominal(thing[1] ?? ''),
      attribute: versioned ? 'version' : kind.replace(/^\p{Lu}\S* /u, ''),
      value: thing[2] ?? '',
      oldValue: null,
      rest: `${thing[1]} ${versioned ? 'version' : kind} ${mainClause(thing[3] ?? '')}`,
    };
  }
  const place = moving.test(text) ? named.exec(text) : null;
  return place === null
    ? null
    : {
        subject: '',
        attribute: place[2] ?? '',
        value: place[3] ?? '',
        oldValue: null,
        rest: `${place[2]} ${cutValue(place[4] ?? '').core}`,
      };
}

const moving = /\b(?:moved|took|brought|migrated|switched|went|move|migrate|switch)\b/i;

/** Reasons and further clauses say nothing about the slot. */
function mainClause(rest: string): string {
  return rest.split(/[,;]|\b(?:since|because|so|as)\b/)[0] ?? '';
}
