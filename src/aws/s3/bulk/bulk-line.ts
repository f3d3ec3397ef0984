import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Note, passGate, type RequestGate } from '../../watch-client.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import { readServiceError } from './read-service-error.ts';

/**
 * Sends requests to one bucket past the SDK's middleware, which costs five times as much processor time as all the rest
 * of a small PUT. Endpoint, credentials, region, clock, agents and timeouts are those of the SDK's client.
 */
export interface BulkLine {
  /** Signs and sends one request; throws what the service or the network says, in the SDK's form. */
  send(request: BulkRequest): Promise<Readonly<Record<string, string>>>;
}

export interface BulkRequest {
  readonly method: 'PUT';
  readonly key: string;
  /** With the SHA-256 of the body, lower-case hex, as `x-amz-content-sha256`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpRequest['body'];
}

/** Prepares a line to a bucket; sends nothing. */
export async function openBulkLine(options: {
  readonly client: S3Client;
  readonly bucket: string;
  readonly gate: RequestGate;
  readonly note: Note;
}): Promise<BulkLine> {
  const { client, gate, note } = options;
  const { config } = client;
  const [place, region] = await Promise.all([learnPlace(options), config.region()]);
  const { credentials, sha256 } = config;
  const signer = new SignatureV4({ service: 's3', uriEscapePath: false, credentials, region, sha256 });
  const handler = config.requestHandler as unknown as Handler;
  const once = async ({ key, headers, ...rest }: BulkRequest): Promise<Readonly<Record<string, string>>> => {
    const path = place.path + encodeKey(key);
    const unsigned = { ...place, ...rest, path, headers: { ...place.headers, ...headers }, query: {} };
    const signed = await signer.sign(unsigned, { signingDate: new Date(Date.now() + config.systemClockOffset) });
    const { response } = await handler.handle(signed as HttpRequest);
    if (response.statusCode >= 300) throw await readServiceError(response, config);
    response.body.resume();
    return response.headers;
  };
  return { send: (request) => passGate({ gate, note, command: commandOf[request.method] }, () => once(request)) };
}

interface Handler {
  handle(request: HttpRequest): Promise<{ readonly response: HttpAnswer }>;
}

const commandOf = { PUT: 'PutObjectCommand' } as const satisfies Record<BulkRequest['method'], string>;

/**
 * Where the SDK would send a PUT to the bucket. It is asked with a command that is stopped before it is signed, so that
 * its rules for regions, path style and custom endpoints hold without being written here again.
 */
async function learnPlace({ client, bucket }: { readonly client: S3Client; readonly bucket: string }) {
  let learned: HttpRequest | undefined;
  const command = new PutObjectCommand({ Bucket: bucket, Key: 'x', Body: '' });
  command.middlewareStack.add(
    () => async (args) => {
      learned = args.request as HttpRequest;
      return { response: { headers: {} }, output: { $metadata: {} } };
    },
    { step: 'build', priority: 'low', name: 'learnPlace' },
  );
  // With options of its own the SDK does not keep the command's middleware for the next one.
  await client.send(command, {});
  if (learned === undefined) throw new Error('the SDK did not say where it sends objects');
  const { headers: _, body: __, query: ___, path, ...place } = learned;
  const host = place.port === undefined ? place.hostname : `${place.hostname}:${place.port}`;
  return { ...place, path: path.slice(0, -1), headers: { host } };
}

/** RFC 3986: what S3 signs a path by; the slashes of a key stay. */
const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/');
