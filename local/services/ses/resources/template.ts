import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { addTemplate, checkedContent } from '../actions/create-email-template';
import type { TemplateContent } from '../model';
import type { SesParts } from '../ses-parts';

interface TemplateProperties {
  readonly Template: {
    readonly TemplateName?: string;
    readonly SubjectPart?: string;
    readonly TextPart?: string;
    readonly HtmlPart?: string;
  };
}

/** `AWS::SES::Template`: Ref is the name. */
export function templateResource(parts: SesParts): ResourceProvider<TemplateProperties> {
  const create = ({ Template }: TemplateProperties, context: ResourceContext) => {
    const { name } = addTemplate(parts, Template.TemplateName ?? context.generateName(64), contentOf(Template));
    return { physicalId: name, attributes: { Id: name } };
  };
  return {
    type: 'AWS::SES::Template',
    properties: {
      Template: {
        members: { TemplateName: 'emulated', SubjectPart: 'emulated', TextPart: 'emulated', HtmlPart: 'emulated' },
      },
      Tags: { inert: 'tags of templates are read by nothing here' },
    },
    create,
    update: (physicalId, properties, previous, context) => {
      if (properties.Template.TemplateName !== previous.Template.TemplateName) return create(properties, context);
      const before = parts.store.template(physicalId);
      parts.store.putTemplate({ ...before, content: checkedContent(contentOf(properties.Template)) });
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: (physicalId) => parts.store.deleteTemplate(physicalId),
  };
}

function contentOf({ SubjectPart, TextPart, HtmlPart }: TemplateProperties['Template']): TemplateContent {
  return { Subject: SubjectPart, Text: TextPart, Html: HtmlPart };
}
