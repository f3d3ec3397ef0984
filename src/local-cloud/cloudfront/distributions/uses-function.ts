import { type XmlTree, xmlChild } from '../../xml.ts';
import { itemsOf, textAt } from '../tree.ts';
import { behaviorsOf } from './behaviors-of.ts';

/** Whether one of a distribution's behaviors runs this function. */
export function usesFunction(config: XmlTree, arn: string): boolean {
  const associations = behaviorsOf(config).flatMap((behavior) => itemsOf(xmlChild(behavior, 'FunctionAssociations')));
  return associations.some((association) => textAt(association, 'FunctionARN') === arn);
}
