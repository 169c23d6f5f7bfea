using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Demo;

/// <summary>The part of the story that is about the network: a validator fails, comes back, and all agree.</summary>
internal sealed class DemoFaults(DemoChain chain, DemoTeller teller)
{
    public async Task FailAsync(CancellationToken cancel)
    {
        teller.Step("One validator fails");
        await chain.KillVictimAsync(cancel);
        teller.Say($"The process of {DemoChain.Victim} was ended at once, as when the power fails. Three of four are more than two thirds,");
        teller.Say("so the chain goes on without it. Nobody had to be told.");
    }

    public async Task ComeBackAsync(CancellationToken cancel)
    {
        teller.Step("The validator comes back");
        Height height = await chain.ReviveVictimAsync(cancel);
        teller.Say($"{DemoChain.Victim} was started again. It read its log, asked the others for the blocks that it had missed, checked who signed");
        teller.Say($"them, and is at height {height} like everybody else. It never signs for one place twice, whatever happened before.");
    }

    public async Task CompareAsync(CancellationToken cancel)
    {
        teller.Step("All four agree");
        Height height = (await chain.Client.StatusAsync(cancel)).LatestHeight;
        IReadOnlyList<string> hashes = await chain.AppHashesAsync(height, cancel);
        teller.Say($"At height {height} the four validators have the state:");
        for (int i = 0; i < hashes.Count; i++) teller.Say($"  node{i}  {hashes[i]}");
        if (hashes.Distinct().Count() > 1)
        {
            throw new ClientException(ClientErrorCode.BadAnswer, "The validators do not agree.",
                "Their app hashes differ.", "This is a fault of the program; please report it.");
        }
        teller.Say("It is one hash over everything that the chain knows, so not one credit differs.");
    }
}
