export {};
export type { Database } from './database/database.js';
export type { Migration } from './database/migrate.js';
export { type DatabaseConfiguration, openDatabase } from './database/open-database.js';
export type { TransactionOptions } from './database/transaction.js';
export type { ObjectStore } from './objects/object-store.js';
export { openObjectStore } from './objects/open-object-store.js';
