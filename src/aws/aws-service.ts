/** Services that cdnpub calls, spelled as in `AWS_ENDPOINT_URL_SERVICE`, in lower case. */
export type AwsService = 's3' | 'cloudfront' | 'cloudfront_keyvaluestore' | 'sts';
