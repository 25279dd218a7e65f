import { tryCases } from './try-cases';

tryCases('approvals, as they are watched');
