import { queryOptions } from '@tanstack/react-query';
import type { Backup, BackupPlan, Page } from '../api/types';
import { get } from '../platform/http';

export const BACKUPS = ['backups'] as const;

/** Newest first. While one is being made it is asked for again: its end comes by no other way. */
export const backupsQuery = queryOptions({
  queryKey: [...BACKUPS, 'list'],
  queryFn: ({ signal }) => get<Page<Backup>>('/installation/backups', undefined, signal),
  refetchInterval: (query) => (isBeingMade(query.state.data) ? 1_500 : false),
});

export const backupPlanQuery = queryOptions({
  queryKey: [...BACKUPS, 'plan'],
  queryFn: ({ signal }) => get<BackupPlan>('/installation/backup-plan', undefined, signal),
});

export const isBeingMade = (page: Page<Backup> | undefined): boolean => page?.items.some((each) => each.finishedAt === null) ?? false;

/** What became of the last one; nothing where none has ended yet. */
export const lastEnded = (page: Page<Backup> | undefined): Backup | undefined => page?.items.find((each) => each.finishedAt !== null);

export const lastGood = (page: Page<Backup> | undefined): Backup | undefined => page?.items.find((each) => each.finishedAt !== null && each.problem === null);
