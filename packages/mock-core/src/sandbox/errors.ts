import { documentedError, type RoutedExchange, ServiceError } from '../exchange.ts';

/** The error for a value of a request that the company does not allow. @param name As the request has it. */
export function invalid(name: string, complaint: string): ServiceError {
  return new ServiceError(400, `Parameter '${name}' ${complaint}`);
}

/** The error for an entity that does not exist, in the words of the description. */
export function notFound({ operation }: Pick<RoutedExchange, 'operation'>): ServiceError {
  return documentedError(operation, 404, 'notFound');
}
