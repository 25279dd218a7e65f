import { tryCases } from './try-cases';

tryCases('orders, as they are watched');
