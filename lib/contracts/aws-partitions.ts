/*
 * Partitions of AWS. Constructs and deployed functions share this plain data. Regions and suffixes are those of
 * `partitions.json` in botocore and in the AWS SDK for JavaScript. The console hosts of aws-cn, aws-us-gov and aws-eusc
 * are not confirmed by a document of AWS; only links of dashboards use them.
 */

/** Part of AWS with its own accounts, as ARNs name it. */
export type AwsPartition =
  'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f';

/** Facts of one partition. */
export interface AwsPartitionFacts {
  /** Names of its regions. */
  readonly regions: RegExp;
  /** End of the host names of its services. */
  readonly dnsSuffix: string;
  /** Host of its console, after the region. Undefined where AWS does not publish the host. */
  readonly consoleHost?: string;
}

/** Facts of each partition. */
export const AWS_PARTITIONS: Readonly<Record<AwsPartition, AwsPartitionFacts>> = {
  aws: {
    regions: /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/,
    dnsSuffix: 'amazonaws.com',
    consoleHost: 'console.aws.amazon.com',
  },
  'aws-cn': {
    regions: /^cn-[a-z]+-\d+$/,
    dnsSuffix: 'amazonaws.com.cn',
    consoleHost: 'console.amazonaws.cn',
  },
  'aws-us-gov': {
    regions: /^us-gov-[a-z]+-\d+$/,
    dnsSuffix: 'amazonaws.com',
    consoleHost: 'console.amazonaws-us-gov.com',
  },
  'aws-eusc': {
    regions: /^eusc-[a-z]+-[a-z]+-\d+$/,
    dnsSuffix: 'amazonaws.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
  },
  'aws-iso': { regions: /^us-iso-[a-z]+-\d+$/, dnsSuffix: 'c2s.ic.gov' },
  'aws-iso-b': { regions: /^us-isob-[a-z]+-\d+$/, dnsSuffix: 'sc2s.sgov.gov' },
  'aws-iso-e': { regions: /^eu-isoe-[a-z]+-\d+$/, dnsSuffix: 'cloud.adc-e.uk' },
  'aws-iso-f': { regions: /^us-isof-[a-z]+-\d+$/, dnsSuffix: 'csp.hci.ic.gov' },
};

/** Partition of a region. Undefined for a region of no known partition. */
export function partitionOfRegion(region: string): AwsPartition | undefined {
  const partitions = Object.keys(AWS_PARTITIONS) as AwsPartition[];
  return partitions.find((each) => AWS_PARTITIONS[each].regions.test(region));
}
