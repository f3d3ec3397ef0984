import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Note, passGate, type RequestGate } from '../../watch-client.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import { readServiceError, serviceError } from './read-service-error.ts';
import { textOf } from './text-of.ts';

/**
 * Sends requests to one bucket past the SDK's middleware, which costs five times as much processor time as all the rest
 * of a small PUT. Endpoint, credentials, region, clock, agents and timeouts are those of the SDK's client.
 */
export interface BulkLine {
  /** Signs and sends one request; throws what the service or the network says, in the SDK's form. */
  send(request: BulkRequest): Promise<Readonly<Record<string, string>>>;
  /** Asks the bucket itself for a page of ListObjectsV2; answers its XML, and throws as `send` does. */
  list(request: Pick<HttpRequest, 'query' | 'headers'>): Promise<string>;
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
  const answerTo = async (request: HttpRequest): Promise<HttpAnswer> => {
    const signingDate = new Date(Date.now() + config.systemClockOffset);
    const { response } = await handler.handle((await signer.sign(request, { signingDate })) as HttpRequest);
    if (response.statusCode >= 300) throw await readServiceError(response, config);
    return response;
  };
  const send = async ({ key, headers, ...rest }: BulkRequest): Promise<HttpAnswer['headers']> => {
    const path = place.path + encodeKey(key);
    const answer = await answerTo({ ...place, ...rest, path, headers: { ...place.headers, ...headers }, query: {} });
    answer.body.resume();
    return answer.headers;
  };
  const list: BulkLine['list'] = async ({ query, headers }) => {
    const own = { ...place.headers, ...headers, 'x-amz-content-sha256': emptySha256 };
    const path = place.path.replace(/(?<=.)\/$/, '');
    const answer = await answerTo({ ...place, method: 'GET', path, query, headers: own, body: undefined });
    const text = await textOf(answer.body);
    // S3 may find out in the middle of an answer that it cannot give it: a 200 then holds an error, or ends early.
    if (!text.includes('</ListBucketResult>')) throw serviceError(text, 503);
    return text;
  };
  return {
    send: (request) => passGate({ gate, note, command: commandOf[request.method] }, () => send(request)),
    list: (request) => passGate({ gate, note, command: 'ListObjectsV2Command' }, () => list(request)),
  };
}

/** SHA-256 of no bytes. */
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

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
