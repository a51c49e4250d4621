export { Defaults, type DefaultValues } from './defaults';
