import { posix } from 'node:path';

import type { Room } from './rooms.ts';

/** One import as written in `from` (a path from the project's root). */
export type Import = { readonly from: string; readonly specifier: string; readonly typeOnly: boolean };

type Rooms = Readonly<Record<string, Room>>;

/** The room a file belongs to, or undefined if it lies in none. */
export function roomOf(file: string, rooms: Rooms): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file === room || (file.startsWith(`${room}/`) && owns(room, file)))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Why this import may not stand, or undefined if it may. */
export function objection({ from, specifier, typeOnly }: Import, rooms: Rooms): string | undefined {
  const home = roomOf(from, rooms);
  if (isTest(from)) return undefined;
  if (home === undefined) return `${from} lies in no room of test/walls/rooms.ts`;
  const room = rooms[home];
  const target = targetOf({ from, specifier });
  if (target === undefined) {
    return room?.npm?.some((name) => isInPackage(specifier, name)) ? undefined : `${home} may not import ${specifier}`;
  }
  if (isTest(target)) return `${from} imports a test, ${specifier}`;
  if (from.split('/')[0] !== target.split('/')[0] && !specifier.startsWith('#')) return `${specifier} leaves the zone`;
  const there = roomOf(target, rooms);
  if (there === undefined) return `${from} imports ${specifier}, which lies in no room`;
  if (there === home) return room?.features ? siblingObjection(from, target, home) : undefined;
  if (room?.may.includes(there)) return undefined;
  if (typeOnly && room?.types?.includes(there)) return undefined;
  return `${home} may not import ${there}${typeOnly ? '' : ' at run time'} (${specifier})`;
}

/** The file an import names, from the project's root; undefined for a package. */
export function targetOf({ from, specifier }: Omit<Import, 'typeOnly'>): string | undefined {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('#')) return path.slice(1);
  return path.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), path)) : undefined;
}

export const isTest = (file: string): boolean => file.startsWith('test/') || /\.test\.tsx?$/.test(file);

/** `shared` owns only the files directly in it, so that a new folder there has to be put into the table. */
const owns = (room: string, file: string): boolean => room !== 'shared' || !file.slice(room.length + 1).includes('/');

function isInPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`);
}

function siblingObjection(from: string, target: string, room: string): string | undefined {
  const feature = (file: string) =>
    file
      .slice(room.length + 1)
      .split('/')
      .slice(0, -1)[0];
  const mine = feature(from);
  const theirs = feature(target);
  const apart = mine !== undefined && theirs !== undefined && mine !== theirs;
  return apart ? `feature ${room}/${mine} may not import its sibling ${theirs}` : undefined;
}
