import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import type { Context } from 'hono';
import * as z from 'zod';

import { LIMITS } from '#shared/sync/limits.ts';

import type { Env } from './env.ts';
import { firstIssue } from './first-issue.ts';
import { RefusedRequest } from './problem.ts';

/** The request's JSON as the schema says, or a refusal naming the field. Bounded in bytes before and after inflating. */
export async function readBody<S extends z.core.$ZodType>(c: Context<Env>, schema: S): Promise<z.core.output<S>> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw bad('content-type', 'application/json is expected');
  const sent = await readBytes(c);
  const parsed = z.core.safeParse(schema, parseJson(textOf(await unpack(c, sent))));
  if (!parsed.success) throw new RefusedRequest('badRequest', firstIssue(parsed.error));
  return parsed.data;
}

async function readBytes(c: Context<Env>): Promise<Buffer> {
  const said = c.req.header('content-length');
  if (Number(said ?? 0) > LIMITS.requestBytes) throw new RefusedRequest('tooLarge');
  // What says how long it is cannot be longer; it is read without setting up a stream.
  if (said !== undefined)
    return Buffer.from(
      await c.req.arrayBuffer().catch(() => {
        throw bad('body', 'it broke off');
      }),
    );
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(c.req.raw.body)) {
    bytes += chunk.byteLength;
    if (bytes > LIMITS.requestBytes) throw new RefusedRequest('tooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!stream) return;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw bad('body', 'it broke off');
      });
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

async function unpack(c: Context<Env>, bytes: Buffer): Promise<Buffer> {
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return bytes;
  if (encoding !== 'gzip') throw bad('content-encoding', 'gzip or none is expected');
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: LIMITS.requestBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new RefusedRequest('tooLarge');
    throw bad('body', 'it is not whole gzip');
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bad('body', 'it is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  const value = jsonIn(text);
  if (isDeeper(value, DEPTH)) throw bad('body', 'it is nested too deeply');
  return value;
}

function jsonIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw bad('body', 'it is not JSON');
  }
}

/** Our messages are shallow; whatever walks a value later may then recurse without fear. `JSON.parse` does not recurse. */
const DEPTH = 64;

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));

const bad = (field: string, reason: string): RefusedRequest => new RefusedRequest('badRequest', { field, reason });
