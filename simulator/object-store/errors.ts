/** What the endpoint can say no with: the S3 error code, its HTTP status, and a sentence that says what to do. */
const S3_ERRORS = {
  AccessDenied: [403, 'The request is not signed, or its signature does not cover what it must.'],
  AuthorizationHeaderMalformed: [
    400,
    'The Authorization header is not a valid Signature V4 header.',
  ],
  AuthorizationQueryParametersError: [400, 'The X-Amz-* query parameters are no valid signature.'],
  BadDigest: [400, 'The bytes that arrived do not have the checksum that was announced for them.'],
  BadRequest: [400, 'The request is not valid HTTP.'],
  BucketAlreadyOwnedByYou: [409, 'The bucket exists already.'],
  BucketNotEmpty: [409, 'The bucket still holds objects; delete them first.'],
  EntityTooLarge: [400, 'The body is larger than a single upload may be; use a multipart upload.'],
  EntityTooSmall: [400, 'Every part but the last must have at least 5 MiB.'],
  IllegalLocationConstraintException: [400, 'The bucket cannot be in another region.'],
  IncompleteBody: [400, 'The body has another length than was announced.'],
  InternalError: [500, 'The store failed while it handled the request; try again.'],
  InvalidAccessKeyId: [403, 'No such access key id is known here.'],
  InvalidArgument: [400, 'A parameter has a value that is not allowed.'],
  InvalidBucketName: [400, 'The bucket name breaks the naming rules of S3.'],
  InvalidDigest: [400, 'The announced checksum is not a checksum of its kind.'],
  InvalidPart: [400, 'A named part was not uploaded, or its ETag or checksum differs.'],
  InvalidPartOrder: [400, 'The parts must be named in ascending order, each once.'],
  InvalidRange: [416, 'The range begins behind the end of the object.'],
  InvalidRequest: [400, 'The request cannot be carried out in this form.'],
  InvalidURI: [400, 'The path or query of the request is not valid percent-encoded UTF-8.'],
  KeyTooLongError: [400, 'The key has more than 1024 bytes.'],
  MalformedTrailerError: [400, 'The trailer behind the body is missing or not the announced one.'],
  MalformedXML: [400, 'The XML of the body is not well formed or not what the operation takes.'],
  MaxMessageLengthExceeded: [400, 'The XML of the body is too long.'],
  MetadataTooLarge: [400, 'The user metadata has more than 2048 bytes.'],
  MethodNotAllowed: [405, 'The method is not allowed on this resource.'],
  MissingContentLength: [411, 'The length of the body must be announced.'],
  NoSuchBucket: [404, 'The bucket does not exist.'],
  NoSuchKey: [404, 'The bucket holds no object under this key.'],
  NoSuchUpload: [404, 'No such multipart upload is in progress.'],
  NotImplemented: [501, 'This store does not have that feature.'],
  PreconditionFailed: [412, 'A condition of the request does not hold.'],
  RequestHeaderSectionTooLarge: [400, 'The headers of the request are too long.'],
  RequestTimeTooSkewed: [
    403,
    'The time of the request differs from the clock here by over 15 min.',
  ],
  SignatureDoesNotMatch: [403, 'The signature is not the one that this request and secret give.'],
  SlowDown: [503, 'Too many requests; slow down and try again.'],
  TooManyRequests: [429, 'Too many requests; slow down and try again.'],
  XAmzContentSHA256Mismatch: [400, 'The body does not have the announced SHA-256.'],
} as const;

/** The error codes of the S3 protocol that this endpoint answers with. */
export type S3ErrorCode = keyof typeof S3_ERRORS;

/** What a refusal may carry besides its code. */
export interface RefusalDetails {
  /** Replaces the general sentence of the code. */
  readonly message?: string;
  /** Further elements of the error document, such as `Region` or `ActualObjectSize`. */
  readonly elements?: Readonly<Record<string, string>>;
  /** Further response headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request that S3 answers with an error document.
 *
 * It is thrown, because a refusal can arise while a body streams through several layers, and each of them must clean up.
 */
export class S3Refusal extends Error {
  readonly code: S3ErrorCode;
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(code: S3ErrorCode, details: RefusalDetails = {}) {
    const [status, message] = S3_ERRORS[code];
    super(details.message ?? message);
    this.name = 'S3Refusal';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Why an object store cannot start, or not give an object. */
export type ObjectStoreErrorCode =
  | 'ADDRESS_UNUSABLE'
  | 'BUCKET_NAME_INVALID'
  | 'CREDENTIALS_EMPTY'
  | 'OBJECT_FILE_DAMAGED'
  | 'PORT_BUSY'
  | 'ROOT_UNUSABLE';

/** The object store cannot do its work; the message names the place and the fix. */
export class ObjectStoreError extends Error {
  readonly code: ObjectStoreErrorCode;

  constructor(code: ObjectStoreErrorCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = 'ObjectStoreError';
    this.code = code;
  }
}
