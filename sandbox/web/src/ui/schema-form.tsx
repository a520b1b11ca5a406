import { useMemo } from 'react'
import { z } from 'zod'
import { Field, Select, Switch, TextInput } from './field.tsx'

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

interface SchemaFormProps {
  readonly schema: z.ZodType
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  /** Members that have no field. @default none */
  readonly without?: readonly string[]
}

interface FieldSchema {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly FieldSchema[]
  readonly $ref?: string
}

/** A form made of a zod schema: one field a member, named as on the wire. An empty field leaves its member out. */
export function SchemaForm({ schema, value, onChange, without = [] }: SchemaFormProps) {
  const described = useMemo(
    () => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
    [schema],
  )
  const root = described as FieldSchema & { readonly $defs?: Readonly<Record<string, FieldSchema>> }
  return <Members schema={root} defs={root.$defs ?? {}} value={value} onChange={onChange} without={without} />
}

interface MembersProps {
  readonly schema: FieldSchema
  readonly defs: Readonly<Record<string, FieldSchema>>
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  readonly without?: readonly string[]
}

function Members({ schema, defs, value, onChange, without = [] }: MembersProps) {
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => !without.includes(name))
  return entries.map(([name, given]) => {
    const member = resolved(given, defs)
    const change = (next: unknown) => {
      const { [name]: _before, ...rest } = value
      onChange(next === undefined ? rest : { ...value, [name]: next })
    }
    if (member.properties) {
      const inner = value[name]
      return (
        <fieldset key={name} className="form-group">
          <legend className="mono">{name}</legend>
          <Members
            schema={member}
            defs={defs}
            value={isObject(inner) ? inner : {}}
            onChange={(next) => change(Object.keys(next).length === 0 ? undefined : next)}
          />
        </fieldset>
      )
    }
    return (
      <Member
        key={name}
        name={name}
        schema={member}
        value={value[name]}
        isOptional={!schema.required?.includes(name)}
        onChange={change}
      />
    )
  })
}

interface MemberProps {
  readonly name: string
  readonly schema: FieldSchema
  readonly value: unknown
  readonly isOptional: boolean
  readonly onChange: (value: unknown) => void
}

function Member({ name, schema, value, isOptional, onChange }: MemberProps) {
  if (schema.type === 'boolean') {
    return <Switch label={<span className="mono">{name}</span>} isOn={value === true} onSwitch={onChange} />
  }
  const isNumber = schema.type === 'integer' || schema.type === 'number'
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <Field label={<span className="mono">{name}</span>} optional={isOptional}>
      {(control) =>
        schema.enum ? (
          <Select
            {...control}
            value={text}
            choices={['', ...schema.enum.map(String)].map((one) => ({ value: one, label: one }))}
            onChoose={(chosen) => onChange(chosen === '' ? undefined : chosen)}
          />
        ) : (
          <TextInput
            {...control}
            type={schema.format === 'date' ? 'date' : isNumber ? 'number' : 'text'}
            value={text}
            onChange={(event) => {
              const written = event.target.value
              onChange(written === '' ? undefined : isNumber ? Number(written) : written)
            }}
          />
        )
      }
    </Field>
  )
}

/** The schema itself behind references, and the simplest of several. */
function resolved(schema: FieldSchema, defs: Readonly<Record<string, FieldSchema>>): FieldSchema {
  const target = schema.$ref && defs[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]
  if (target) return resolved(target, defs)
  const simple = schema.anyOf?.find(({ type }) => type !== 'null')
  return simple ? resolved(simple, defs) : schema
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
