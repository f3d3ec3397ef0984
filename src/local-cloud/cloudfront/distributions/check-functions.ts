import { type XmlNode, xmlChild } from '../../xml.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf, textAt } from '../tree.ts';
import { usesFunction } from './uses-function.ts';

/** The rules of a behavior's FunctionAssociations. */
export function checkFunctions(call: Call, behavior: XmlNode, own: string | undefined): void {
  const associations = itemsOf(xmlChild(behavior, 'FunctionAssociations'));
  const events = associations.map((association) => textAt(association, 'EventType'));
  // "You cannot use origin-facing event types with a CloudFront function." [dts FunctionAssociation]
  if (events.some((event) => !event.startsWith('viewer-')))
    refuse('The event type is not valid for a CloudFront function.');
  // One function per event type and behavior [cfg23 functions].
  if (new Set(events).size < events.length) refuse('Only one function can be associated with each event type.');
  const lambdas = itemsOf(xmlChild(behavior, 'LambdaFunctionAssociations'));
  // "You can't combine CloudFront Functions and Lambda@Edge in viewer events" [cfg23 edge-functions-restrictions].
  if (events.length > 0 && lambdas.some((lambda) => textAt(lambda, 'EventType').startsWith('viewer-'))) {
    refuse('CloudFront Functions and Lambda@Edge cannot be combined in viewer events.');
  }
  for (const association of associations) checkFunction(call, textAt(association, 'FunctionARN'), own);
}

function checkFunction(call: Call, arn: string, own: string | undefined): void {
  const { functions, distributions } = call.cloud.state;
  const found = functions.get(arn);
  if (found?.account !== call.account) refuse(`The function ${arn} does not exist.`);
  // "Your functions must be published to the LIVE stage to associate them with a cache behavior." [dts FunctionAssociations]
  if (found?.live === undefined) refuse(`The function ${arn} is not published to the LIVE stage.`);
  // 100 distributions per function [doc cloudfront-limits].
  const others = [...distributions.values()].filter((other) => other.id !== own && usesFunction(other.config, arn));
  if (others.length >= 100) throw cloudFrontFault('TooManyDistributionsWithFunctionAssociations');
}

function refuse(sentence: string): never {
  throw cloudFrontFault('InvalidFunctionAssociation', sentence);
}
