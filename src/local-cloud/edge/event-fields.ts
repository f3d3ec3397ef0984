import type { FunctionField, FunctionFields, FunctionValue } from '../sandbox/function-event.ts';
import type { HeaderLines } from './header-lines.ts';
import { type NamedValue, namedValue } from './named-values.ts';

/**
 * Groups values by name as functions see them: "duplicate query strings, headers, or cookies are collapsed into one
 * field, but this field contains an extra property named multiValue".
 */
export function toFields(values: readonly (FunctionValue & { readonly name: string })[]): FunctionFields {
  const groups = new Map<string, FunctionValue[]>();
  for (const { name, value, attributes } of values) {
    const one = attributes === undefined ? { value } : { value, attributes };
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return Object.fromEntries(
    [...groups].map(([name, group]): [string, FunctionField] => {
      const [first = { value: '' }] = group;
      return [name, group.length === 1 ? first : { ...first, multiValue: group }];
    }),
  );
}

/**
 * The values of a group after a function ran: "if the multiValue array exists and has any modification, then that
 * modification is applied; the first element in value is ignored. Otherwise, any modification to the value property is
 * applied, and subsequent values remain unchanged."
 */
export function fromFields(
  fields: FunctionFields,
  before: FunctionFields,
): readonly (FunctionValue & { readonly name: string })[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { value, attributes, multiValue } = field;
    const first = attributes === undefined ? { value } : { value, attributes };
    const same = JSON.stringify(multiValue) === JSON.stringify(before[name]?.multiValue);
    const values = multiValue === undefined ? [first] : same ? [first, ...multiValue.slice(1)] : multiValue;
    return values.map((one) => ({ name, ...one }));
  });
}

export function headersToFields(headers: HeaderLines): FunctionFields {
  return toFields(headers.map(([name, value]) => ({ name, value })));
}

export function headersFromFields(fields: FunctionFields, before: FunctionFields): HeaderLines {
  return fromFields(fields, before).map(({ name, value }) => [name, value]);
}

/** Parameters or cookies after a function ran; those that it left alone keep their spelling and order. */
export function valuesFromFields(fields: FunctionFields, before: readonly NamedValue[]): readonly NamedValue[] {
  const fieldsBefore = toFields(before);
  if (JSON.stringify(fields) === JSON.stringify(fieldsBefore)) return before;
  return fromFields(fields, fieldsBefore).map(({ name, value }) => {
    const kept = before.find((one) => one.name === name && one.value === value);
    return kept ?? namedValue(name, value);
  });
}
