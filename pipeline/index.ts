/** The lake: the catalog of the eight tables, what may land in them, and the pipeline from landing to zones. */
export { FILTER_RULES, imbalanceOf } from './accounting.ts';
export type { Accounting, FilterRule, TableAccounting } from './accounting.ts';
export type { AuditFinding } from './audit/index.ts';
export { ATTRIBUTION_SETTINGS } from './core/attribution-settings.ts';
export { columnsOf, LANDING_TABLES, TABLES, ZONE_TABLES } from './core/catalog.ts';
export type {
  Column,
  ColumnType,
  ConsentRule,
  LandingTableName,
  Policy,
  Table,
  TableName,
  ZoneTableName,
} from './core/catalog.ts';
export { ddlFor, SQL_ENGINES } from './engine/ddl.ts';
export type { SqlEngine, Statement } from './engine/ddl.ts';
export { landingViewsFor } from './engine/landing-views.ts';
export type { LandingFormat, LandingSource } from './engine/landing-views.ts';
export { validateLandingRecord } from './core/landing-record.ts';
export type { CheckedRecord, LandingRecord, RecordFault } from './core/landing-record.ts';
export { describePlace, parsePlace } from './storage/place.ts';
export type { Place } from './storage/place.ts';
export { MEMORY_BYTES_MIN, parseBytes } from './engine/memory-budget.ts';
export type { QuarantineEntry } from './landing/quarantine.ts';
export { freeBytes, roomFor } from './storage/disk-room.ts';
export { openStorage } from './storage/open-storage.ts';
export { createS3Client, loadS3 } from './storage/s3-client.ts';
export type { Storage, StoredObject } from './storage/storage.ts';
export { makeFolders } from './make-folders.ts';
export {
  ByteList,
  GZIP_CODEC,
  int64Bytes,
  levelBytes,
  numberedBytes,
  ParquetFile,
} from './parquet/index.ts';
export type { ColumnPages } from './parquet/index.ts';
export { PipelineError } from './pipeline-error.ts';
export type { PipelineErrorCode } from './pipeline-error.ts';
export { AuditRefusal } from './run/audit-refusal.ts';
export { runPipeline } from './run-pipeline.ts';
export type { PipelineOptions, PipelineResult } from './run-pipeline.ts';
export type { PipelineProgress } from './run/run-progress.ts';
export type { RunCost, StageCost } from './run/stage-meter.ts';
export { runVariant, VariantLab } from './variants/index.ts';
export type { Variant, VariantLabOptions, VariantRun } from './variants/index.ts';
export type { Model } from './engine/models.ts';
export type { SqlEdit } from './engine/sql-text.ts';
export { readZone, readZonePart, readZones } from './zones/read-zone.ts';
export type { ZonePart, ZoneRow } from './zones/read-zone.ts';
