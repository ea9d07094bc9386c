// Under which names the slot of a statement may be found again when the words beside the value differ.
import { kindFamily } from '../known-things.ts';
import { aspectOf } from './answer-aspects.ts';
import { familiesOf, heads, properties, soft } from './slot-words.ts';
import type { Statement } from './statement.ts';
import { isTelling } from './values.ts';
import type { Value } from './values.ts';

/** A statement that names more things gives no one slot. */
const mostNames = 5;
/** Longer texts mention values in passing. */
const longest = 200;

/**
 * What is named and what kind of value it has ("archive import" and a date); each thing named with the value itself, also the
 * one that is taken back; of wishes for answers the aspect.
 */
export function slotKeys(statement: Statement): string[] {
  if (statement.text.length > longest) return [];
  const aspect = aspectOf(statement);
  if (aspect !== null) return [`answers | ${aspect.name}`];
  const { value, oldValue } = statement;
  const names = namesOf(statement);
  if (value === null || names.length > mostNames) return [];
  const ofProperties = statement.slotTerms.filter((term) => properties.has(term));
  // "We log with A", "log lines go through B": nothing is named but the property.
  const unnamed = ofProperties.filter((property) => !weak.has(property)).map((property) => `${property} | ${classOf(value)}`);
  if (names.length === 0) return unnamed;
  const keys = names.flatMap((name) => ofProperties.map((property) => `${name} | ${property} | ${classOf(value)}`));
  if (isTelling(value)) keys.push(`${[...names].sort().join(' ')} | ${classOf(value)}`);
  for (const one of [value, oldValue]) {
    if (one === null || !isTelling(one)) continue;
    const said = one.figures.length > 0 ? one.figures.join(' ') : one.terms.join(' ');
    if (said !== '') keys.push(...names.map((name) => `${name} = ${said}`));
  }
  return keys;
}

/** Everyday verbs: without a thing beside them they name no slot. */
const weak = familiesOf('name command build answer');

/** The things that the statement names: neither a property nor a word that fits any thing. */
export function namesOf(statement: Statement): string[] {
  return statement.slotTerms.filter((term) => !soft.has(term) && !properties.has(term) && !heads.has(term));
}

function classOf(value: Value): string {
  const family = kindFamily(value.text);
  if (family !== '') return family;
  return value.kind === 'number' || value.kind === 'quantity' ? 'figure' : value.kind;
}
