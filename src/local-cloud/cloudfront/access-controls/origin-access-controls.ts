import type { WireResponse } from '../../wire.ts';
import type { XmlTree } from '../../xml.ts';
import { answerXml, noContent } from '../answer.ts';
import { bodyOf, type Call, type Operations, requireMatch } from '../call.ts';
import { checkShape, type Shape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { usesAccessControl } from '../distributions/uses-access-control.ts';
import { pageOf, pageWithMarker } from '../page.ts';
import type { OriginAccessControl } from '../state.ts';
import { textAt } from '../tree.ts';

/** The operations of origin access controls. */
export const accessControlOperations = {
  CreateOriginAccessControl: createOriginAccessControl,
  GetOriginAccessControl: getOriginAccessControl,
  GetOriginAccessControlConfig: getOriginAccessControlConfig,
  UpdateOriginAccessControl: updateOriginAccessControl,
  DeleteOriginAccessControl: deleteOriginAccessControl,
  ListOriginAccessControls: listOriginAccessControls,
} as const satisfies Operations;

/** CreateOriginAccessControl: at most 100 per account [doc cloudfront-limits]. */
function createOriginAccessControl(call: Call): WireResponse {
  const config = readConfig(call);
  if (ownedBy(call).length >= 100) throw cloudFrontFault('TooManyOriginAccessControls');
  const { ids, state } = call.cloud;
  const control = { id: ids.resource(), account: call.account, etag: ids.resource(), config };
  state.originAccessControls.set(control.id, control);
  call.cloud.changed();
  return answer(control, { status: 201, location: `origin-access-control/${control.id}` });
}

/** GetOriginAccessControl. */
function getOriginAccessControl(call: Call): WireResponse {
  return answer(find(call));
}

/** GetOriginAccessControlConfig. */
function getOriginAccessControlConfig(call: Call): WireResponse {
  const { config, etag } = find(call);
  return answerXml({ root: 'OriginAccessControlConfig', tree: config, etag });
}

/** UpdateOriginAccessControl. */
function updateOriginAccessControl(call: Call): WireResponse {
  const found = find(call);
  const config = readConfig(call, found.id);
  requireMatch(call, found.etag);
  const updated = { ...found, config, etag: call.cloud.ids.resource() };
  call.cloud.state.originAccessControls.set(updated.id, updated);
  call.cloud.changed();
  return answer(updated);
}

/** DeleteOriginAccessControl: not while a distribution bears it (OriginAccessControlInUse 409). */
function deleteOriginAccessControl(call: Call): WireResponse {
  const found = find(call);
  requireMatch(call, found.etag);
  const { distributions, originAccessControls } = call.cloud.state;
  const used = [...distributions.values()].some((distribution) => usesAccessControl(distribution.config, found.id));
  if (used) throw cloudFrontFault('OriginAccessControlInUse');
  originAccessControls.delete(found.id);
  call.cloud.changed();
  return noContent;
}

/** ListOriginAccessControls. */
function listOriginAccessControls(call: Call): WireResponse {
  const page = pageOf(ownedBy(call), call.request.query, (control) => control.id);
  const tree = pageWithMarker(page, 'OriginAccessControlSummary', ({ id, config }) => ({ Id: id, ...config }));
  return answerXml({ root: 'OriginAccessControlList', tree });
}

const shape: Shape = {
  Name: { required: true },
  SigningProtocol: { required: true, values: ['sigv4'] },
  SigningBehavior: { required: true, values: ['never', 'always', 'no-override', 'always-amz-auth'] },
  OriginAccessControlOriginType: { required: true, values: ['s3', 'mediastore', 'mediapackagev2', 'lambda'] },
};

/** "You can specify up to 64 characters" [dts Name]; a name is taken once per account (409) [facts 1.1]. */
function readConfig(call: Call, own?: string): XmlTree {
  const config = bodyOf(call, 'OriginAccessControlConfig');
  checkShape(config, shape, 'OriginAccessControlConfig');
  const name = textAt(config, 'Name');
  if (name === '' || name.length > 64) throw cloudFrontFault('InvalidArgument', 'The parameter Name is not valid.');
  const taken = ownedBy(call).some((other) => other.id !== own && textAt(other.config, 'Name') === name);
  if (taken) throw cloudFrontFault('OriginAccessControlAlreadyExists');
  return { Description: '', ...config };
}

function ownedBy(call: Call): readonly OriginAccessControl[] {
  return [...call.cloud.state.originAccessControls.values()].filter((control) => control.account === call.account);
}

function find(call: Call): OriginAccessControl {
  const found = call.cloud.state.originAccessControls.get(call.params.Id ?? '');
  if (found === undefined) throw cloudFrontFault('NoSuchOriginAccessControl');
  if (found.account !== call.account) throw cloudFrontFault('AccessDenied');
  return found;
}

function answer(
  control: OriginAccessControl,
  created: { readonly status?: number; readonly location?: string } = {},
): WireResponse {
  const tree = { Id: control.id, OriginAccessControlConfig: control.config };
  return answerXml({ root: 'OriginAccessControl', tree, etag: control.etag, ...created });
}
