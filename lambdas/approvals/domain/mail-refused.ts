export { MailRefused } from '../../shared/mail/mail-refused';
