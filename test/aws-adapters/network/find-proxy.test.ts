import { describe, expect, test } from 'vitest';
import { findProxy } from '../../../src/aws/network/find-proxy.ts';

describe('which proxy', () => {
  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'proxy.corp:3128' }, 'http://proxy.corp:3128/'],
    [{ https_proxy: 'https://ann:pw@proxy' }, 'https://ann:pw@proxy/'],
    [{ HTTP_PROXY: 'http://proxy:3128' }, undefined],
  ])('%j', (env, url) => expect(findProxy(env)?.url.href).toBe(url));

  test.each(['socks5://proxy', 'ftp://proxy', 'http://', 'http://a b'])('%s is none', (HTTPS_PROXY) => {
    expect(() => findProxy({ HTTPS_PROXY })).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
  });
});

describe('which hosts', () => {
  test.each([
    ['', 's3.eu-west-1.amazonaws.com', true],
    ['amazonaws.com', 's3.eu-west-1.amazonaws.com', false],
    ['.amazonaws.com', 's3.eu-west-1.amazonaws.com', false],
    ['*.amazonaws.com', 's3.eu-west-1.amazonaws.com', false],
    ['amazonaws.com', 'notamazonaws.com', true],
    ['sts.amazonaws.com', 's3.amazonaws.com', true],
    ['a.example, s3.amazonaws.com', 'S3.amazonaws.com', false],
    ['a.example s3.amazonaws.com', 's3.amazonaws.com', false],
    ['s3.amazonaws.com:443', 's3.amazonaws.com', false],
    ['s3.amazonaws.com:8443', 's3.amazonaws.com', true],
    ['*', 's3.amazonaws.com', false],
    ['10.0.0.7', '10.0.0.7', false],
    ['', 'localhost', false],
    ['', 'bucket.localhost', false],
    ['', '127.0.0.1', false],
    ['', '::1', false],
    ['', 'localhost.example.com', true],
  ])('NO_PROXY=%j, %s: %s', (NO_PROXY, host, expected) => {
    const proxy = findProxy({ HTTPS_PROXY: 'http://proxy', NO_PROXY });
    expect(proxy?.serves(host, 443)).toBe(expected);
  });
});
