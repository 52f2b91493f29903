import { Component, type ComponentType, type VNode } from "preact";

/** Returns the component, drawn again only when one of its props is another value. */
export function pure<Props extends object>(Inner: (props: Props) => VNode | null): ComponentType<Props> {
  return class Pure extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const now = this.props as Record<string, unknown>;
      const then = next as Record<string, unknown>;
      return Object.keys(then).some((key) => then[key] !== now[key]);
    }
    override render() {
      return Inner(this.props as Props);
    }
  };
}
