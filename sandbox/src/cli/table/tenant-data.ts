import { localised } from '../../conformance/localised.ts'
import type { GroupSpec } from '../command/command-spec.ts'
import { columns, type RemoteOption, type RemotePlace, remote, text } from './remote.ts'

const SERVICE: RemotePlace = { name: localised('슬러그', 'slug'), member: 'service' }
const TENANT: RemotePlace = { name: localised('테넌트', 'tenant'), member: 'tenant_id' }
const USER: RemotePlace = { name: localised('사용자', 'user'), member: 'user_id' }
const { user, email, name, role, status } = columns
const COLUMNS = [user, email, name, role, status]
const ROLE = text('role', localised('역할', 'role'))
const OF_TENANT = '/market/tenants/{service}/{tenant_id}'

const SETTINGS: readonly RemoteOption[] = [
  {
    name: 'body',
    value: localised('JSON|@파일', 'json|@file'),
    kind: 'json',
    spread: true,
    needed: true,
    about: localised('바꿀 설정을 담은 JSON (필수)', 'JSON with the settings to change (required)'),
  },
]

/** `mt-paas users …`. */
export const usersSpec: GroupSpec = {
  name: 'users',
  about: localised('서비스에 있는 테넌트의 사용자', 'users of a tenant at a service'),
  commands: [
    remote(['tenant.listUsers', 'GET', `${OF_TENANT}/users`], {
      name: 'list',
      about: localised('사용자 목록을 보여 줍니다', 'lists users'),
      places: [SERVICE, TENANT],
      options: [
        ROLE,
        text('status', localised('상태', 'state')),
        text('search', localised('찾을 글자', 'text that they hold')),
      ],
      columns: COLUMNS,
      rows: 'users',
    }),
    remote(['tenant.createUser', 'POST', `${OF_TENANT}/users`], {
      name: 'create',
      about: localised('사용자를 만듭니다', 'makes a user'),
      places: [SERVICE, TENANT],
      options: [
        text('email', localised('이메일 (필수)', 'e-mail (required)'), { needed: true }),
        text('name', localised('이름 (필수)', 'name (required)'), { needed: true }),
        ROLE,
        text('password', localised('비밀번호 (기본값은 임시 비밀번호)', 'password (default a temporary one)')),
      ],
      columns: COLUMNS,
    }),
    remote(['tenant.updateUser', 'PUT', `${OF_TENANT}/users/{user_id}`], {
      name: 'update',
      about: localised('사용자를 바꿉니다', 'changes a user'),
      places: [SERVICE, TENANT, USER],
      options: [text('name', localised('이름', 'name')), ROLE, text('status', localised('상태', 'state'))],
      columns: COLUMNS,
    }),
    remote(['tenant.deleteUser', 'DELETE', `${OF_TENANT}/users/{user_id}`], {
      name: 'delete',
      about: localised('사용자를 지웁니다', 'deletes a user'),
      places: [SERVICE, TENANT, USER],
    }),
  ],
}

/** `mt-paas settings …`. */
export const settingsSpec: GroupSpec = {
  name: 'settings',
  about: localised('서비스에 있는 테넌트의 설정', 'settings of a tenant at a service'),
  commands: [
    remote(['tenant.getSettings', 'GET', `${OF_TENANT}/settings`], {
      name: 'show',
      about: localised('설정을 보여 줍니다', 'shows the settings'),
      places: [SERVICE, TENANT],
      columns: [
        columns.tenant,
        { ...columns.plan, path: 'subscription.plan' },
        { heading: localised('설정', 'Settings'), path: 'config' },
      ],
    }),
    remote(['tenant.updateSettings', 'PUT', `${OF_TENANT}/settings`], {
      name: 'update',
      about: localised('설정을 바꿉니다', 'changes settings'),
      places: [SERVICE, TENANT],
      options: SETTINGS,
    }),
  ],
}
