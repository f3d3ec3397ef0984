import { expect } from 'vitest';
import type { Boto3Row } from './boto3.ts';
import { failed } from './failed.ts';

/**
 * CloudFront after a deploy of cdnpub and one change. `distribution` is the distribution's id, `domain` its domain,
 * `bucket` the bucket behind it.
 */
export const cloudFrontRows: readonly Boto3Row[] = [
  ['client', 'cf = client("cloudfront", "us-east-1")', null],
  [
    'distributions',
    `
    listed = cf.list_distributions()["DistributionList"]
    [[x["Id"] == distribution, x["DomainName"] == domain, x["Enabled"]] for x in listed["Items"]]`,
    [[true, true, true]],
  ],
  [
    'distribution',
    `
    got = cf.get_distribution(Id=distribution)
    [got["Distribution"]["ARN"], got["Distribution"]["Status"] in ("InProgress", "Deployed"), got["ETag"] != ""]`,
    [expect.stringMatching(/^arn:aws:cloudfront::111122223333:distribution\/E\w+$/), true, true],
  ],
  [
    'config',
    `
    config = cf.get_distribution_config(Id=distribution)["DistributionConfig"]
    {key: config[key] for key in ("DefaultRootObject", "HttpVersion", "IsIPV6Enabled", "Enabled")}`,
    { DefaultRootObject: 'index.html', HttpVersion: 'http2and3', IsIPV6Enabled: true, Enabled: true },
  ],
  [
    'origin',
    `
    origin = config["Origins"]["Items"][0]
    [origin["DomainName"].split(".")[0] == bucket, origin["S3OriginConfig"]["OriginAccessIdentity"], config["Origins"]["Quantity"]]`,
    [true, '', 1],
  ],
  [
    'origin access control',
    `
    oac = cf.get_origin_access_control(Id=origin["OriginAccessControlId"])["OriginAccessControl"]["OriginAccessControlConfig"]
    [oac["SigningProtocol"], oac["SigningBehavior"], oac["OriginAccessControlOriginType"]]`,
    ['sigv4', 'always', 's3'],
  ],
  [
    'behaviour',
    `
    behavior = config["DefaultCacheBehavior"]
    [behavior["ViewerProtocolPolicy"], behavior["Compress"], behavior["AllowedMethods"]["Quantity"] == len(behavior["AllowedMethods"]["Items"])]`,
    ['redirect-to-https', true, true],
  ],
  [
    'error pages',
    '[[x["ErrorCode"], x["ResponsePagePath"], x["ResponseCode"], x["ErrorCachingMinTTL"]] for x in config["CustomErrorResponses"]["Items"] if x["ErrorCode"] == 404]',
    [[404, '/404.html', '404', 0]],
  ],
  [
    'cache policy',
    `
    policy = cf.get_cache_policy(Id=behavior["CachePolicyId"])["CachePolicy"]["CachePolicyConfig"]
    [policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"], policy["ParametersInCacheKeyAndForwardedToOrigin"]["EnableAcceptEncodingBrotli"]]`,
    [0, 86400, 31536000, true],
  ],
  [
    'response headers policy',
    `
    policy = cf.get_response_headers_policy(Id=behavior["ResponseHeadersPolicyId"])["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]
    [policy["SecurityHeadersConfig"]["ContentTypeOptions"]["Override"] in (True, False), "RemoveHeadersConfig" in policy]`,
    [true, true],
  ],
  [
    'custom policies',
    `
    [[x["Type"] for x in cf.list_cache_policies(Type="custom")["CachePolicyList"]["Items"]],
     [x["Type"] for x in cf.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]["Items"]]]`,
    [['custom'], ['custom']],
  ],
  [
    'managed policy',
    'cf.get_cache_policy(Id="658327ea-f89d-4fab-a63d-7e88639e58f6")["CachePolicy"]["CachePolicyConfig"]["Name"]',
    'Managed-CachingOptimized',
  ],
  [
    'functions',
    `
    function = cf.list_functions(Stage="LIVE")["FunctionList"]["Items"][0]
    [function["FunctionConfig"]["Runtime"], function["FunctionMetadata"]["Stage"], function["FunctionMetadata"]["FunctionARN"] == behavior["FunctionAssociations"]["Items"][0]["FunctionARN"]]`,
    ['cloudfront-js-2.0', 'LIVE', true],
  ],
  [
    'function',
    `
    got = cf.get_function(Name=function["Name"], Stage="LIVE")
    ["function handler" in got["FunctionCode"].read().decode(), got["ContentType"], got["ETag"] == cf.describe_function(Name=function["Name"], Stage="LIVE")["ETag"]]`,
    [true, 'application/octet-stream', true],
  ],
  [
    'key value stores',
    `
    store = cf.list_key_value_stores()["KeyValueStoreList"]["Items"][0]
    [store["Status"], cf.describe_key_value_store(Name=store["Name"])["KeyValueStore"]["ARN"] == store["ARN"],
     store["ARN"] in [x["KeyValueStoreARN"] for x in function["FunctionConfig"]["KeyValueStoreAssociations"]["Items"]]]`,
    ['READY', true, true],
  ],
  [
    'tags',
    '{x["Key"]: x["Value"] for x in cf.list_tags_for_resource(Resource=listed["Items"][0]["ARN"])["Tags"]["Items"]}',
    expect.objectContaining({ cdnpub: expect.anything() }),
  ],
  [
    'invalidations',
    `
    [made] = cf.list_invalidations(DistributionId=distribution)["InvalidationList"]["Items"]
    got = cf.get_invalidation(DistributionId=distribution, Id=made["Id"])["Invalidation"]
    [made["Id"] == invalidation, got["Status"], got["InvalidationBatch"]["Paths"]]`,
    [true, 'Completed', { Quantity: 1, Items: ['/index.html'] }],
  ],
  [
    'an invalidation of its own',
    `
    batch = {"CallerReference": "boto3", "Paths": {"Quantity": 1, "Items": ["/about/*"]}}
    started = cf.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)["Invalidation"]
    cf.get_waiter("invalidation_completed").wait(DistributionId=distribution, Id=started["Id"], WaiterConfig={"Delay": 1})
    [started["Status"], cf.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)["Invalidation"]["Id"] == started["Id"]]`,
    ['InProgress', true],
  ],
  [
    'the same reference for other paths',
    'cf.create_invalidation(DistributionId=distribution, InvalidationBatch={"CallerReference": "boto3", "Paths": {"Quantity": 1, "Items": ["/other"]}})',
    failed('InvalidationBatchAlreadyExists', 400),
  ],
  [
    'a path without a slash',
    'cf.create_invalidation(DistributionId=distribution, InvalidationBatch={"CallerReference": "slash", "Paths": {"Quantity": 1, "Items": ["about"]}})',
    failed('InvalidArgument', 400),
  ],
  [
    'a wrong quantity',
    'cf.create_invalidation(DistributionId=distribution, InvalidationBatch={"CallerReference": "count", "Paths": {"Quantity": 2, "Items": ["/about"]}})',
    failed('InconsistentQuantities', 400),
  ],
  [
    'update',
    `
    got = cf.get_distribution_config(Id=distribution)
    stale = got["ETag"]
    got["DistributionConfig"]["Comment"] = "by boto3"
    answer = cf.update_distribution(Id=distribution, IfMatch=stale, DistributionConfig=got["DistributionConfig"])
    [answer["Distribution"]["Status"], answer["ETag"] != stale, cf.get_distribution(Id=distribution)["Distribution"]["DistributionConfig"]["Comment"]]`,
    ['InProgress', true, 'by boto3'],
  ],
  [
    'update with a stale ETag',
    'cf.update_distribution(Id=distribution, IfMatch=stale, DistributionConfig=got["DistributionConfig"])',
    failed('PreconditionFailed', 412),
  ],
  [
    'delete what is enabled',
    'cf.delete_distribution(Id=distribution, IfMatch=answer["ETag"])',
    failed('DistributionNotDisabled', 409),
  ],
  ['no such distribution', 'cf.get_distribution(Id="E0000000000000")', failed('NoSuchDistribution', 404)],
  ['no such function', 'cf.describe_function(Name="none")', failed('NoSuchFunctionExists', 404)],
  [
    'no such invalidation',
    'cf.get_invalidation(DistributionId=distribution, Id="I0")',
    failed('NoSuchInvalidation', 404),
  ],
  [
    'policy of the bucket',
    `
    s3 = client("s3")
    sorted(str(x["Effect"]) for x in json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"])`,
    expect.arrayContaining(['Allow', 'Deny']),
  ],
  [
    'a store that is made from an object',
    `
    s3.put_object(Bucket=bucket, Key="keys.json", Body=b'{"data":[{"key":"a","value":"1"}]}')
    source = {"SourceType": "S3", "SourceARN": f"arn:aws:s3:::{bucket}/keys.json"}
    imported = cf.create_key_value_store(Name="imported", ImportSource=source)["KeyValueStore"]
    begun = imported["Status"]
    while imported["Status"] == "PROVISIONING": imported = cf.describe_key_value_store(Name="imported")["KeyValueStore"]
    [begun, imported["Status"]]`,
    ['PROVISIONING', 'READY'],
  ],
  [
    'a store from an object that is not there',
    'cf.create_key_value_store(Name="none", ImportSource={"SourceType": "S3", "SourceARN": f"arn:aws:s3:::{bucket}/none.json"})',
    failed('InvalidArgument', 400),
  ],
  [
    'a wrong secret',
    'client("cloudfront", "us-east-1", secret="wrong").list_distributions()',
    failed('SignatureDoesNotMatch', 403),
  ],
];

/** Rows of the KeyValueStore's own endpoint, whose signatures botocore makes with awscrt alone. */
export const storeRows: readonly Boto3Row[] = [
  [
    'describe a store',
    `
    kvs = client("cloudfront-keyvaluestore", "us-east-1")
    arn = client("cloudfront", "us-east-1").list_key_value_stores()["KeyValueStoreList"]["Items"][0]["ARN"]
    kvs.describe_key_value_store(KvsARN=arn)["KvsARN"] == arn`,
    true,
  ],
  [
    'write and read a key',
    `
    etag = kvs.describe_key_value_store(KvsARN=arn)["ETag"]
    kvs.put_key(KvsARN=arn, Key="boto3", Value="here", IfMatch=etag)
    kvs.get_key(KvsARN=arn, Key="boto3")["Value"]`,
    'here',
  ],
  ['list keys', '"boto3" in [x["Key"] for x in kvs.list_keys(KvsARN=arn)["Items"]]', true],
  [
    'a stale ETag',
    'kvs.put_key(KvsARN=arn, Key="boto3", Value="again", IfMatch=etag)',
    failed('ConflictException', 409),
  ],
];
