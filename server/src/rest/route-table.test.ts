import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRouteTable, type RoutePattern } from './route-table.ts'

type Name = `${RoutePattern['method']} /${string}`

function tableOf(...names: readonly Name[]) {
  const table = createRouteTable(names.map(routeOf))
  return {
    ...table,
    /** The path pattern that answers, and its parameters. */
    found(method: string, path: string) {
      const match = table.find(method, path)
      return match && { path: match.route.path, parameters: { ...match.parameters } }
    },
  }
}

function routeOf(name: Name): RoutePattern {
  const [method, path] = name.split(' ') as [RoutePattern['method'], string]
  return { method, path }
}

const badRequest = expect.objectContaining({ status: 400, error: 'INVALID_REQUEST' })

describe('createRouteTable', () => {
  it.each([[['GET /users/me', 'GET /users/{id}']], [['GET /users/{id}', 'GET /users/me']]] as [Name[]][])(
    'prefers a static segment to a parameter, declared as %j',
    (names) => {
      const table = tableOf(...names)
      expect(table.found('GET', '/users/me')).toEqual({ path: '/users/me', parameters: {} })
      expect(table.found('GET', '/users/42')).toEqual({ path: '/users/{id}', parameters: { id: '42' } })
    },
  )

  it('prefers the static segment at the first difference', () => {
    const table = tableOf('GET /{a}/b', 'GET /a/{b}')
    expect(table.found('GET', '/a/b')).toEqual({ path: '/a/{b}', parameters: { b: 'b' } })
    expect(table.found('GET', '/x/b')).toEqual({ path: '/{a}/b', parameters: { a: 'x' } })
  })

  it('goes back to a parameter when the static segment leads nowhere', () => {
    const table = tableOf('GET /a/static/x', 'GET /{p}/static/y', 'POST /a/static/y')
    expect(table.found('GET', '/a/static/y')).toEqual({ path: '/{p}/static/y', parameters: { p: 'a' } })
    expect(table.found('POST', '/a/static/y')).toEqual({ path: '/a/static/y', parameters: {} })
  })

  it('takes the parameters of several segments by name', () => {
    const table = tableOf('GET /tenant/{tenant_id}/users/{user_id}')
    expect(table.found('GET', '/tenant/t/users/u')?.parameters).toEqual({ tenant_id: 't', user_id: 'u' })
  })

  it.each(['/Users/me', '/users/ME', '/users/me/', '/users/me/x', '/users', '/', '', '//users/me'])(
    'does not match %j',
    (path) => {
      const table = tableOf('GET /users/me')
      expect(table.found('GET', path)).toBeUndefined()
      expect(table.methodsAt(path)).toEqual([])
    },
  )

  it('takes a dot and other signs of a path as they are', () => {
    const table = tableOf('GET /v1.0/a+b(c)*')
    expect(table.found('GET', '/v1.0/a+b(c)*')).toBeDefined()
    for (const path of ['/v1x0/a+b(c)*', '/v1.0/aab(c)*', '/v1.0/a+bc']) {
      expect(table.found('GET', path)).toBeUndefined()
    }
  })

  it('does not match an empty parameter', () => {
    expect(tableOf('GET /users/{id}/x').found('GET', '/users//x')).toBeUndefined()
  })

  it('decodes a parameter once', () => {
    const table = tableOf('GET /users/{id}')
    expect(table.found('GET', '/users/%2541')?.parameters).toEqual({ id: '%41' })
    expect(table.found('GET', '/users/%ED%95%9C%EB%A6%BC%20a+b')?.parameters).toEqual({ id: '한림 a+b' })
  })

  it('finds a static route by an encoded spelling', () => {
    expect(tableOf('GET /users/me').found('GET', '/users/%6De')).toBeDefined()
  })

  it.each(['/users/a%2Fb', '/users/a%2fb', '/users/%2F'])(
    'matches no parameter with the encoded slash of %s',
    (path) => {
      const table = tableOf('GET /users/{id}')
      expect(table.found('GET', path)).toBeUndefined()
      expect(table.methodsAt(path)).toEqual([])
    },
  )

  it.each([
    ...['/users/..', '/users/.', '/users/%2e%2E', '/users/%2e', '/../users/a'],
    ...['/users/%', '/users/%G1', '/users/%FF', '/users/%C0%80', '/users/%ED%A0%80'],
    ...['/users/%00', '/users/a%0Ab', '/users/%7F', '/users/a\u0001'],
  ])('refuses the path %j', (path) => {
    expect(() => tableOf('GET /users/{id}').find('GET', path)).toThrow(badRequest)
  })

  it('answers HEAD with the route of GET and no other', () => {
    const table = tableOf('GET /a', 'POST /b')
    expect(table.found('HEAD', '/a')).toEqual({ path: '/a', parameters: {} })
    expect(table.found('HEAD', '/b')).toBeUndefined()
  })

  it('names every method of a path, of all routes that fit it', () => {
    const table = tableOf('GET /users/{id}', 'PUT /users/{name}', 'DELETE /users/me', 'POST /users')
    expect(table.methodsAt('/users/1')).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT'])
    expect(table.methodsAt('/users/me')).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT'])
    expect(table.methodsAt('/users')).toEqual(['OPTIONS', 'POST'])
  })

  it.each([
    ['GET /users/{id}', 'GET /users/{name}'],
    ['GET /a', 'GET /a'],
    ['POST /{a}/x/{b}', 'POST /{c}/x/{d}'],
  ] as [Name, Name][])('refuses to be built from %s and %s', (first, second) => {
    expect(() => tableOf(first, second)).toThrow(TypeError)
    expect(() => tableOf(first, second)).toThrow(second)
  })

  it.each(['GET /files/{name}.json', 'GET /a/x{id}', 'GET /a/{}', 'GET /a/{id', 'GET /a/{b}{c}'] as Name[])(
    'refuses %s, whose parameter is not a whole segment',
    (name) => {
      expect(() => tableOf(name)).toThrow(TypeError)
      expect(() => tableOf(name)).toThrow(name)
    },
  )

  it('keeps parameters that are named like members of every object', () => {
    const match = tableOf('GET /{constructor}/{toString}').find('GET', '/a/b')
    expect(Object.entries(match?.parameters ?? {})).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ])
  })

  it('finds nothing behind names of the prototype', () => {
    const table = tableOf('GET /users/{id}')
    for (const path of ['/__proto__', '/constructor', '/toString/x', '/users/a/__proto__']) {
      expect(table.found('GET', path)).toBeUndefined()
    }
    for (const method of ['__proto__', 'constructor', 'toString']) {
      expect(table.found(method, '/users/a')).toBeUndefined()
    }
  })

  it('finds the same for a path whose letters are escaped, which is looked up in another way', () => {
    const table = tableOf('GET /a/{b}/c', 'GET /a/b/{c}', 'GET /{a}/b', 'GET /a', 'POST /a/{b}', 'GET /a/b/c/d')
    const segment = fc.constantFrom('a', 'b', 'c', 'd', 'x', '', '.a')
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('GET', 'POST'),
        (segments, method) => {
          const escaped = segments.map((one) =>
            one.replaceAll(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
          )
          expect(table.found(method, `/${segments.join('/')}`)).toEqual(table.found(method, `/${escaped.join('/')}`))
        },
      ),
      { numRuns: 2_000, seed: 1 },
    )
  })
})
