import { TestFunctionCommand } from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { FunctionRole } from '../../model/infrastructure.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront } from './cloudfront-context.ts';

interface FunctionTest {
  readonly name: string;
  readonly role: FunctionRole;
  /** Of the DEVELOPMENT stage. */
  readonly etag: string | undefined;
  /** Paths of the site. */
  readonly samples: readonly string[];
}

/**
 * Has CloudFront run a function that is not published yet on a few requests of the site, and answers the highest compute
 * utilisation, from 0 to 100. Throws `E_RULES` with the function's own message where it fails: what fails there would
 * fail for every visitor.
 */
export async function testFunction(context: CloudFrontContext, test: FunctionTest): Promise<number> {
  let highest = 0;
  for (const path of test.samples) {
    const { utilisation, error } = await runOnce(context, test, path);
    if (error !== '') throw failed(test, path, error);
    highest = Math.max(highest, utilisation);
  }
  return highest;
}

async function runOnce(
  context: CloudFrontContext,
  { name, role, etag, samples: _ }: FunctionTest,
  path: string,
): Promise<{ readonly utilisation: number; readonly error: string }> {
  const EventObject = new TextEncoder().encode(JSON.stringify(eventOf(role, path)));
  return callCloudFront(context, 'TestFunction', `function/${name}`, async () => {
    try {
      const { TestResult } = await context.client.send(
        new TestFunctionCommand({ Name: name, IfMatch: etag, Stage: 'DEVELOPMENT', EventObject }),
      );
      const utilisation = Number(TestResult?.ComputeUtilization ?? 0);
      return { utilisation, error: TestResult?.FunctionErrorMessage ?? '' };
    } catch (error) {
      if (awsErrorName(error).name !== 'TestFunctionFailed') throw error;
      return { utilisation: 0, error: error instanceof Error ? error.message : 'it failed' };
    }
  });
}

/** An event as CloudFront makes it of a GET. */
const eventOf = (role: FunctionRole, uri: string) => ({
  version: '1.0',
  context: {
    distributionDomainName: 'd111111abcdef8.cloudfront.net',
    distributionId: 'EDFDVBD6EXAMPLE',
    eventType: `viewer-${role}`,
    requestId: 'cdnpub',
  },
  viewer: { ip: '198.51.100.1' },
  request: {
    method: 'GET',
    uri,
    querystring: {},
    headers: { host: { value: 'd111111abcdef8.cloudfront.net' } },
    cookies: {},
  },
  ...(role === 'request'
    ? {}
    : {
        response: {
          statusCode: 200,
          statusDescription: 'OK',
          headers: { 'content-type': { value: 'text/html' } },
          cookies: {},
        },
      }),
});

const failed = ({ name, role }: FunctionTest, path: string, message: string): CdnpubError =>
  new CdnpubError('E_RULES', {
    message: `CloudFront tried the viewer-${role} function ${name} on ${path} and it failed: ${message}`,
    hints: ['nothing was published; change the handler or the rules and deploy again'],
    details: { function: name, path },
  });
