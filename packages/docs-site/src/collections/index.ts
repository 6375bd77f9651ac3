import type { Version } from '../model/bundle.ts';
import { readSite } from '../model/site.ts';
import { type OpenCollection, openCollection } from './opencollection.ts';
import { postmanCollection } from './postman.ts';
import { collectionOf } from './requests.ts';

export type { OpenCollection };

export const postmanOf = (version: Version): object => postmanCollection(collectionOf(readSite(version)));
export const openCollectionOf = (version: Version): OpenCollection => openCollection(collectionOf(readSite(version)));
