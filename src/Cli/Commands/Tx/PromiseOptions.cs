using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Commands.Tx;

/// <summary>What a bidder offers beyond its rate, as options.</summary>
internal sealed class PromiseOptions
{
    public Option<SlaClass?> Sla { get; } = Values.OptionalChoice<SlaClass>(
        "--sla", "The availability that you promise (default: what the order asks for).");

    public Option<string?> Gpu { get; } = ResourceOptions.GpuOption(
        "Which of your cards you would give, for example nvidia/h100/80/sxm (default: the first that serve and are free).");

    public BidPromise Read(ParseResult parse, Order order) =>
        new(parse.GetValue(Sla) ?? order.Terms.Needs.Sla, ResourceOptions.ReadGpu(parse.GetValue(Gpu)));
}
