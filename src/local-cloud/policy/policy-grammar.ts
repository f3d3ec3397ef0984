import { ServiceFault } from '../service-fault.ts';
import { type ConditionOperator, conditionOperators, type Listed, type PolicyCondition } from './policy-document.ts';

/** The statements of a policy of any kind, as objects, and its other fields checked. @throws ServiceFault MalformedPolicy */
export function readStatements(text: string): readonly Record<string, unknown>[] {
  const root = readJson(text);
  if (root.Version !== undefined && root.Version !== '2012-10-17' && root.Version !== '2008-10-17') {
    malformed('The policy must contain a valid version string');
  }
  onlyFields(root, ['Version', 'Id', 'Statement']);
  if (root.Statement === undefined) malformed('Missing required field Statement');
  const statements = (Array.isArray(root.Statement) ? root.Statement : [root.Statement]) as unknown[];
  if (statements.length === 0) malformed('Could not parse the policy: Statement is empty!');
  return statements.map((statement) => (isRecord(statement) ? statement : malformed('Statement must be an object')));
}

/** A statement's effect. */
export function readEffect({ Effect }: Record<string, unknown>): 'Allow' | 'Deny' {
  return Effect === 'Allow' || Effect === 'Deny' ? Effect : malformed(`Invalid effect: ${String(Effect)}`);
}

/** What a statement lists under a name or, for all else, under `Not` and that name. */
export function readListed(statement: Record<string, unknown>, name: 'Action' | 'Resource'): Listed {
  const positive = statement[name];
  const value = positive ?? statement[`Not${name}`] ?? malformed(`Missing required field ${name}`);
  const items = readStrings(value);
  if (items.length === 0) malformed(`Missing required field ${name} cannot be empty!`);
  return { not: positive === undefined, items };
}

/** Conditions; `keys` tells which condition keys there can be. */
export function readConditions(value: unknown, isKey: RegExp): readonly PolicyCondition[] {
  if (!isRecord(value)) malformed('Invalid Condition');
  return Object.entries(value).flatMap(([type, keys]) => {
    const [, name = '', ifExists = ''] = /^(\w+?)(IfExists)?$/.exec(type) ?? [];
    if (!isOperator(name)) malformed(`Invalid Condition type : ${type}`);
    if (!isRecord(keys)) malformed('Invalid Condition');
    return Object.entries(keys).map(([key, values]) => {
      if (!isKey.test(key)) malformed('Policy has an invalid condition key');
      return { operator: name, ifExists: ifExists !== '', key: key.toLowerCase(), values: readStrings(values) };
    });
  });
}

/** One text or a list of them. */
export function readStrings(value: unknown): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
    return malformed('Invalid policy syntax.');
  });
}

function readJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  return isRecord(value) ? value : malformed("Policies must be valid JSON and the first byte must be '{'");
}

/** Refuses a field that is not known. */
export function onlyFields(value: Record<string, unknown>, fields: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown !== undefined) malformed(`Unknown field ${unknown}`);
}

function isOperator(name: string): name is ConditionOperator {
  return conditionOperators.some((operator) => operator === name);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws ServiceFault MalformedPolicy, always. */
export function malformed(message: string): never {
  throw new ServiceFault(400, 'MalformedPolicy', message);
}
