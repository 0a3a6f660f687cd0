import * as z from 'zod';

import { ENDPOINTS, type Endpoint } from '#shared/api/endpoints.ts';
import { Problem } from '#shared/api/problem.ts';

/** The table of endpoints as an OpenAPI 3.1 document. */
export function openapi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Relight', version: '1', description: 'Repair orders that keep working where the signal stops.' },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-relight' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation({ method, path, who, body, query, answer, says }: Endpoint): object {
  return {
    summary: says,
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(who === 'anybody'
      ? { security: [] }
      : who === 'tracker'
        ? { security: [{ bearer: [] }] }
        : { security: [{ cookie: [] }, { bearer: [] }] }),
    ...(typeof who === 'string' ? {} : { description: `Roles: ${who.join(', ')}.` }),
    ...(query || path.includes(':') ? { parameters: [...pathParameters(path), ...queryParameters(query)] } : {}),
    ...(body ? { requestBody: { required: true, content: json(body, 'input') } } : {}),
    responses: {
      200: { description: 'Done.', ...(answer ? { content: json(answer, 'output') } : {}) },
      default: {
        description: 'Not done, and why.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const pathParameters = (path: string): object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));

function queryParameters(query: z.core.$ZodType | undefined): object[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const json = (schema: z.core.$ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: schemaOf(schema, io) },
});

const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });
