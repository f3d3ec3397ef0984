import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { type CliEnd, runCdnpub } from '../support/run-cdnpub.ts';
import { cloudFrontClient, s3Client } from '../support/s3-client.ts';
import { startCloud } from '../support/start-cloud.ts';

/** An AWS to deploy to. */
export interface Place {
  readonly name: string;
  run(args: readonly string[], cwd: string): Promise<CliEnd>;
  /** Asks a distribution for a path; redirects are not followed. */
  visit(domain: string, path: string): Promise<Answer>;
  /** Clients of the tester's own, to clean up with. */
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Whether the tester asks for AWS itself. */
export const onAws = process.env.CDNPUB_TEST_AWS === '1';

/** AWS by the tester's own credentials where that is asked for, else a local cloud. */
export const openPlace = (): Promise<Place> | Place => (onAws ? openAws() : openLocal());

function openAws(): Place {
  const env: NodeJS.ProcessEnv = { ...process.env, AWS_ENDPOINT_URL: undefined };
  delete process.env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  return {
    name: `AWS, with ${env.AWS_PROFILE === undefined ? 'the credentials at hand' : `the profile ${env.AWS_PROFILE}`}`,
    run: (args, cwd) => runCdnpub(args, { cwd, env }),
    async visit(domain, path) {
      const answer = await fetch(`https://${domain}${path}`, { redirect: 'manual' });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    },
    s3: new S3Client(region === undefined ? {} : { region }),
    cloudFront: new CloudFrontClient({ region: 'us-east-1' }),
    close: async () => {},
  };
}

async function openLocal(): Promise<Place> {
  const cloud = await startCloud();
  return {
    name: 'the local cloud',
    run: (args, cwd) => cloud.run(args, { cwd }),
    async visit(domain, path) {
      const { status, headers, text } = await cloud.ask(domain, path);
      const single = Object.entries(headers).map(([name, value]) => [name, String(value)]);
      return { status, headers: Object.fromEntries(single), text };
    },
    s3: s3Client(cloud),
    cloudFront: cloudFrontClient(cloud),
    close: () => cloud.close(),
  };
}
