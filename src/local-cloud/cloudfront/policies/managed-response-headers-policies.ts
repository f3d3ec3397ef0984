import type { XmlTree } from '../../xml.ts';
import type { Policy } from '../state.ts';
import { listOf } from '../tree.ts';
import { managedPolicy } from './managed-policy.ts';

const security = {
  SecurityHeadersConfig: {
    XSSProtection: { Override: 'false', Protection: 'true', ModeBlock: 'true' },
    FrameOptions: { Override: 'false', FrameOption: 'SAMEORIGIN' },
    ReferrerPolicy: { Override: 'false', ReferrerPolicy: 'strict-origin-when-cross-origin' },
    ContentTypeOptions: { Override: 'true' },
    StrictTransportSecurity: { Override: 'false', AccessControlMaxAgeSec: '31536000' },
  },
};

const simple = { CorsConfig: cors(['GET', 'HEAD'], []) };
const preflight = { CorsConfig: cors(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'], ['*']) };

/** The managed response headers policies. */
export const managedResponseHeadersPolicies: readonly Policy[] = [
  policy('67f7725c-6f97-4210-82d7-5512b31e9d03', 'Managed-SecurityHeadersPolicy', security),
  policy('60669652-455b-4ae9-85a4-c4c02393f86c', 'Managed-SimpleCORS', simple),
  policy('5cc3b908-e619-4b99-88e5-2cf7f45965bd', 'Managed-CORS-With-Preflight', preflight),
  policy('e61eb60c-9c35-4d20-a928-2b84e02af89c', 'Managed-CORS-and-SecurityHeadersPolicy', { ...simple, ...security }),
  policy('eaab4381-ed33-4a86-88ca-d9558dc6cd63', 'Managed-CORS-with-preflight-and-SecurityHeadersPolicy', {
    ...preflight,
    ...security,
  }),
];

function cors(methods: readonly string[], exposed: readonly string[]): XmlTree {
  return {
    AccessControlAllowOrigins: listOf('Origin', ['*']),
    AccessControlAllowHeaders: listOf('Header', ['*']),
    AccessControlAllowMethods: listOf('Method', methods),
    AccessControlAllowCredentials: 'false',
    AccessControlExposeHeaders: listOf('Header', exposed),
    OriginOverride: 'false',
  };
}

function policy(id: string, name: string, config: XmlTree): Policy {
  return managedPolicy('ResponseHeadersPolicy', id, name, config);
}
