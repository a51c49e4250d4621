export { default } from 'asl-validator';
