/** The account that owns what the cloud's own access key makes: the one of AWS's documentation. */
export const localAccount = '111122223333';
