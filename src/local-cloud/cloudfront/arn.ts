/** The ARN of a CloudFront resource: global, so without region, and of the account that owns it. */
export function arnOf(account: string, type: 'distribution' | 'function' | 'key-value-store', id: string): string {
  return `arn:aws:cloudfront::${account}:${type}/${id}`;
}
