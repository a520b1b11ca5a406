import type { CommandLine } from '../command/command-context.ts'

/** The body of a request for an application; what was not given is left out. */
export function applicationOf(line: CommandLine): Readonly<Record<string, unknown>> {
  const applicant = given({
    email: line.value('email'),
    name: line.value('name'),
    university_name: line.value('university'),
  })
  return given({
    service: line.value('service'),
    contact: line.value('contact'),
    reason: line.value('reason'),
    start_date: line.value('start-date'),
    end_date: line.value('end-date'),
    shape: line.value('shape'),
    webhook_url: line.value('webhook-url'),
    api_key: line.value('api-key'),
    ...(Object.keys(applicant).length > 0 && { applicant }),
  })
}

/** Without the members that are undefined. */
export function given(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
