export { at, createRouter } from '../console/console-procedure.ts'
