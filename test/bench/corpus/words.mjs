/** What texts and names of a corpus are made of. */
export const words =
  'static site publisher object storage edge cache origin access control distribution invalidation header content hash deploy build page asset bundle router layout component image font media article section summary latency throughput region bucket policy viewer request response function shield compress immutable revalidate stale'.split(
    ' ',
  );
