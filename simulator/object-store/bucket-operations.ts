import { S3Refusal } from './errors.ts';
import { receiveText } from './received-body.ts';
import type { S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import type { StoreFolders } from './store-folders.ts';
import { childText, element, parseXml, textElement, xmlDocument } from './xml.ts';

const CONFIGURATION_BYTES_MAX = 64 * 1024;

/** Everything here belongs to one made-up account. */
export const OWNER: string = element(
  'Owner',
  textElement('ID', 'stedi'),
  textElement('DisplayName', 'stedi'),
);

/** ListBuckets: all of them, on one page. */
export function listBuckets(_request: S3Request, { objects }: StoreFolders): S3Response {
  const buckets = objects
    .listBuckets()
    .map(({ name, createdMs }) =>
      element(
        'Bucket',
        textElement('Name', name),
        textElement('CreationDate', new Date(createdMs).toISOString()),
      ),
    );
  return xmlResponse(xmlDocument('ListAllMyBucketsResult', OWNER, element('Buckets', ...buckets)));
}

/** CreateBucket, in the region of the store only. */
export async function createBucket(
  request: S3Request,
  { objects, region }: StoreFolders,
): Promise<S3Response> {
  const body = await receiveText(request, CONFIGURATION_BYTES_MAX);
  if (body !== '') {
    const configuration = parseXml(body);
    if (configuration?.name !== 'CreateBucketConfiguration') throw new S3Refusal('MalformedXML');
    const wanted = childText(configuration, 'LocationConstraint') ?? region;
    if (wanted !== region) throw new S3Refusal('IllegalLocationConstraintException');
  }
  objects.createBucket(request.bucket);
  return { status: 200, headers: { location: `/${request.bucket}` } };
}

/** HeadBucket. */
export function headBucket(request: S3Request, { objects, region }: StoreFolders): S3Response {
  objects.requireBucket(request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
}

/** DeleteBucket, if it is empty. */
export function deleteBucket(request: S3Request, { objects }: StoreFolders): S3Response {
  objects.deleteBucket(request.bucket);
  return { status: 204 };
}
