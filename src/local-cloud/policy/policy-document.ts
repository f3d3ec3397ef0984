/** A bucket policy, read and checked. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: PolicyPrincipals;
  readonly actions: Listed;
  readonly resources: Listed;
  readonly conditions: readonly PolicyCondition[];
}

/** A list that holds for what is in it or, `not`, for all else. */
export interface Listed {
  readonly not: boolean;
  readonly items: readonly string[];
}

export interface PolicyPrincipals {
  readonly not: boolean;
  /** `everyone` is `"*"`. */
  readonly items: readonly {
    readonly kind: 'everyone' | 'AWS' | 'Service' | 'CanonicalUser' | 'Federated';
    readonly name: string;
  }[];
}

export interface PolicyCondition {
  readonly operator: ConditionOperator;
  readonly ifExists: boolean;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export const conditionOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'IpAddress',
  'NotIpAddress',
  'Bool',
  'Null',
] as const;

export type ConditionOperator = (typeof conditionOperators)[number];
