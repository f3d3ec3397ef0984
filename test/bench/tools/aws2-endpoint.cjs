// node -r: points a program on version 2 of AWS's SDK at AWS_ENDPOINT_URL, path style.
const Module = require('node:module');

const load = Module._load;
const done = new WeakSet();

Module._load = function loadPatched(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (!/^aws-sdk(?:\/global|\/clients\/s3)?$/.test(request) || done.has(loaded)) return loaded;
  done.add(loaded);
  const { config } = request.endsWith('s3') ? load.call(this, 'aws-sdk/global', ...rest) : loaded;
  const s3 = { endpoint: process.env.AWS_ENDPOINT_URL, s3ForcePathStyle: true };
  config.update({ region: 'us-east-1', s3ForcePathStyle: true, s3 });
  return loaded;
};
