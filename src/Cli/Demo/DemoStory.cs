using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Dev;
using Chain.Cli.Queries;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.Light;
using Chain.Client.State;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Demo;

/// <summary>
/// One lease from the first credit to the last review, with the money of everybody after each step. Each method is a step
/// of the story.
/// </summary>
internal sealed class DemoStory
{
    private const ulong Credit = Amount.NcreditPerCredit;
    private const ulong Units = 2_000;
    private const ulong RateMax = Credit / 50;
    private const ulong RateOfNorth = Credit * 15 / 1000;
    private const ulong RateOfSouth = Credit / 100;
    private const ulong PrepaidSeconds = 120;
    private const int UseSeconds = 45;
    private const int LastSeconds = 15;

    private readonly DemoChain _chain;
    private readonly DemoTeller _teller;
    private readonly DemoActors _actors;
    private readonly DemoFaults _faults;
    private readonly StateReader _reader;
    private readonly MoneyReader _money;
    private readonly Person _ada;
    private readonly Person _north;
    private readonly Person _south;
    private readonly Person _auditor;
    private readonly Person _faucet;
    private ulong _order;
    private ulong _lease;
    private Person _winner;

    public DemoStory(DemoChain chain, DemoTeller teller)
    {
        _chain = chain;
        _teller = teller;
        _actors = new DemoActors(chain);
        _faults = new DemoFaults(chain, teller);
        _reader = new StateReader(chain.Client);
        _ada = NewPerson("Ada", "ada");
        _north = NewPerson("North", "north");
        _south = NewPerson("South", "south");
        _auditor = Known("auditor", DevKeys.Auditor);
        _faucet = Known("faucet", DevKeys.Faucet);
        _winner = _south;
        IEnumerable<Person> validators = Enumerable.Range(0, DemoChain.Validators).Select(i => Known($"node{i}", DevChain.OperatorOf(i)));
        _money = new MoneyReader(chain.Client, [_ada, _north, _south, _auditor, _faucet, .. validators]);
    }

    public async Task TellAsync(CancellationToken cancel)
    {
        _teller.Begin();
        await StartAsync(cancel);
        await FundAsync(cancel);
        await RegisterAsync(cancel);
        await OrderAsync(cancel);
        await BidAsync(cancel);
        await LeaseAsync(cancel);
        await StartLeaseAsync(cancel);
        await AttestAsync(cancel);
        await UseAsync(cancel);
        await _faults.FailAsync(cancel);
        await WithdrawAsync(cancel);
        await CloseAsync(cancel);
        await ReviewAsync(cancel);
        await _faults.ComeBackAsync(cancel);
        await FinishAsync(cancel);
        await _faults.CompareAsync(cancel);
        await ProveAsync(cancel);
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        _teller.Step("The chain starts");
        _teller.Say($"Its name is {_chain.Genesis.ChainId}. Four validators agree on blocks, each block a page of the ledger. Each is a process of its own.");
        _teller.Say("The faucet holds the money to play with. The validators have stakes: money that they lose if they cheat.");
        await ShowMoneyAsync(cancel);
    }

    private async Task FundAsync(CancellationToken cancel)
    {
        _teller.Step("Everybody gets some money");
        _teller.Say("Ada wants to rent computing power. North and South own computers.");
        _teller.Say("The faucet sends 1000 credits to each, in one transaction: a request signed with the faucet's key.");
        await _actors.SendAsync(_faucet, cancel,
            new Transfer(_ada.Address, 1000 * Credit, default),
            new Transfer(_north.Address, 1000 * Credit, default),
            new Transfer(_south.Address, 1000 * Credit, default));
        _teller.Say("A small fee was paid. Half of a fee is destroyed, so the total shrinks a little; the rest goes to the common pools.");
        await ShowMoneyAsync(cancel);
    }

    private async Task RegisterAsync(CancellationToken cancel)
    {
        _teller.Step("Two providers register");
        _teller.Say("North and South say what they have, and put 200 credits each at stake.");
        _teller.Say("The stake is what a customer can hold on to when a provider does not keep its word.");
        await Task.WhenAll(
            _actors.SendAsync(_north, cancel, Registration("NO")),
            _actors.SendAsync(_south, cancel, Registration("DE")));
        await ShowMoneyAsync(cancel);
    }

    private async Task OrderAsync(CancellationToken cancel)
    {
        _teller.Step("Ada places an order");
        _teller.Say($"She wants 2 processor cores and pays at most {Amount.Format(RateMax)} credits for a second.");
        _teller.Say("The money for the first two minutes is set aside at once, so a provider need not trust her.");
        Parameters parameters = await _reader.CurrentParametersAsync(cancel);
        OrderNeeds needs = new(new ResourceVector(Units), [], [], []);
        OrderTerms terms = new(
            HashOf("a small web shop"), HashOf("how to start it, sealed for the provider"), needs, Replicas: 1, RateMax,
            parameters.OrderDepositMin, PrepaidSeconds, MinTermSeconds: 0, parameters.NoticeSecondsMin, OpenSeconds: 600);
        SentTransaction outcome = await _actors.SendAsync(_ada, cancel, new OpenOrder(terms));
        _order = Number(DemoActors.Fact(outcome, "OrderOpened", "order"));
        _money.Order = _order;
        await ShowMoneyAsync(cancel);
    }

    private async Task BidAsync(CancellationToken cancel)
    {
        _teller.Step("The providers bid");
        _teller.Say($"North offers {Amount.Format(RateOfNorth)} credits for a second, South {Amount.Format(RateOfSouth)}.");
        _teller.Say("Each locks a part of its stake for the offer, and leaves a deposit.");
        Parameters parameters = await _reader.CurrentParametersAsync(cancel);
        PlaceBid BidAt(ulong rate) => new(_order, rate, parameters.BidDepositMin, parameters.NoticeSecondsMin);
        await Task.WhenAll(
            _actors.SendAsync(_north, cancel, BidAt(RateOfNorth)),
            _actors.SendAsync(_south, cancel, BidAt(RateOfSouth)));
        await ShowMoneyAsync(cancel);
    }

    private async Task LeaseAsync(CancellationToken cancel)
    {
        _teller.Step("Ada takes the better offer");
        Order order = (await _reader.OrderAsync(_order, StateReadOptions.Newest, cancel)).Value!;
        ListedBid best = order.Bids.MinBy(b => b.RatePerSecond);
        _winner = best.Provider == _south.Address ? _south : _north;
        _teller.Say($"The lowest rate is {_winner.Name}'s. It becomes a lease: a contract that the chain itself keeps and carries out.");
        _teller.Say("The lease gets a purse of its own, filled for two minutes. What Ada had set aside beyond that comes back to her.");
        SentTransaction outcome = await _actors.SendAsync(_ada, cancel, new AcceptBid(_order, best.Provider));
        _lease = Number(DemoActors.Fact(outcome, "LeaseCreated", "lease"));
        _money.Lease = _lease;
        await ShowMoneyAsync(cancel);
    }

    private async Task StartLeaseAsync(CancellationToken cancel)
    {
        _teller.Step("Both say that they are ready");
        _teller.Say($"Ada says that {_winner.Name} has all that it needs. {_winner.Name} says what runs, and where. Now every second is paid.");
        _teller.Say("Had one of them not shown up, the other would have got the deposit. Now both deposits go back.");
        await Task.WhenAll(
            _actors.SendAsync(_ada, cancel, new StartLease(_lease, default, default)),
            _actors.SendAsync(_winner, cancel, new StartLease(_lease, HashOf("web shop 1.0"),
                HashOf("https://host.example:8443"))));
        await ShowMoneyAsync(cancel);
    }

    private async Task AttestAsync(CancellationToken cancel)
    {
        _teller.Step("An auditor vouches for the provider");
        _teller.Say($"The auditor has visited {_winner.Name} and states where its computers are. It puts a bond behind its word.");
        _teller.Say("Only auditors that the chain accredits may do this. The statement expires, and can be challenged before it counts.");
        Parameters parameters = await _reader.CurrentParametersAsync(cancel);
        MarketTime now = await _reader.MarketTimeAsync(cancel);
        AttestationClaim claim = new(
            AttestationSchema.Region, _winner.Address, default, HashOf("report of the visit"), HashOf("visit 1"), now,
            now + 3600);
        SentTransaction outcome = await _actors.SendAsync(_auditor, cancel,
            new Attest(claim, parameters.AttestationBondMin));
        string text = DemoActors.Fact(outcome, "Attested", "attestation");
        if (Hash256.TryParse(text, out Hash256 uid)) _money.Attestation = uid;
        await ShowMoneyAsync(cancel);
    }

    private async Task UseAsync(CancellationToken cancel)
    {
        _teller.Step("Time passes, and is paid");
        _teller.Say($"This chain is for playing, so we move its clock forward by {UseSeconds} seconds instead of waiting.");
        await _chain.AdvanceAsync(UseSeconds, cancel);
        await _actors.SendAsync(_winner, cancel, new SettleLeases([_lease]));
        Lease lease = (await _reader.LeaseAsync(_lease, StateReadOptions.Newest, cancel)).Value!;
        ulong rate = lease.Terms.RatePerSecond;
        _teller.Say($"Settling moves what was earned: {lease.DueTotal / rate} seconds at {Amount.Format(rate)} make {Amount.Format(lease.DueTotal)} credits, "
            + $"of which the market keeps {Amount.Format(lease.FeeTotal)} as its fee.");
        _teller.Say("It moved from Ada's purse in the lease to the provider's. The purse can run empty, but never into debt.");
        await ShowMoneyAsync(cancel);
    }

    private async Task WithdrawAsync(CancellationToken cancel)
    {
        _teller.Step($"{_winner.Name} takes out what it earned");
        SentTransaction outcome = await _actors.SendAsync(_winner, cancel, new Withdraw(_lease, Amount: 0));
        ulong amount = Number(DemoActors.Fact(outcome, "Withdrawn", "amount"));
        _teller.Say($"{Amount.Format(amount)} credits are now {_winner.Name}'s to spend.");
        await ShowMoneyAsync(cancel);
    }

    private async Task CloseAsync(CancellationToken cancel)
    {
        _teller.Step("Ada ends the lease");
        _teller.Say("A little later she needs it no more. The last seconds are settled, and the rest of the purse comes back to her.");
        await _chain.AdvanceAsync(LastSeconds, cancel);
        await _actors.SendAsync(_ada, cancel, new CloseLease(_lease, CloseReason.Done, CloseMode.Now));
        await _actors.SendAsync(_winner, cancel, new Withdraw(_lease, Amount: 0));
        _teller.Say($"{_winner.Name} takes out what the last seconds earned.");
        await ShowMoneyAsync(cancel);
    }

    private async Task ReviewAsync(CancellationToken cancel)
    {
        _teller.Step("Both review each other");
        _teller.Say("Only the two sides of a paid lease may write, once each, and neither sees the other's words before its own are in.");
        await Task.WhenAll(
            _actors.SendAsync(_ada, cancel, Rating(new Stars(5, 5, 4), "fast and quiet")),
            _actors.SendAsync(_winner, cancel, Rating(new Stars(5, 5, 5), "paid, and polite")));
        Review review = (await _reader.ReviewAsync(_lease, ReviewSide.Tenant, StateReadOptions.Newest, cancel)).Value!;
        _teller.Say($"Both are in, so both are published: Ada gave {review.Stars.Quality}, {review.Stars.Reliability} and {review.Stars.Communication} stars "
            + "for quality, reliability and communication.");
        _teller.Say("Nobody can change or delete a review. How much it counts depends on the fees that were really paid.");
        await ShowMoneyAsync(cancel);
    }

    private async Task FinishAsync(CancellationToken cancel)
    {
        _teller.Step("The time for complaints runs out");
        Lease lease = (await _reader.LeaseAsync(_lease, StateReadOptions.Newest, cancel)).Value!;
        _teller.Say($"Until now {Amount.Format(lease.Collateral)} credits of {_winner.Name}'s stake stayed locked, in case something was wrong.");
        Parameters parameters = await _reader.CurrentParametersAsync(cancel);
        await _chain.AdvanceAsync((long)parameters.DisputeSeconds + 1, cancel);
        Provider provider = (await _reader.ProviderAsync(_winner.Address, StateReadOptions.Newest, cancel)).Value!;
        _teller.Say($"Nobody complained. Of its stake of {Amount.Format(provider.Bonded)} credits, {Amount.Format(provider.StakeFree)} are free again.");
        _teller.Say("What still is set aside are small deposits for the space that records take. They come back when the records are removed.");
        await ShowMoneyAsync(cancel);
    }

    private async Task ProveAsync(CancellationToken cancel)
    {
        _teller.Step("And all this can be checked");
        _teller.Say("A node could lie. So we ask it for the lease together with a proof, and check the proof ourselves:");
        ProofBundle bundle = await LightProof.FetchAsync(
            _chain.Client, StoreNames.NameOf(StoreId.Market), Schema.Key(MarketSchema.Lease, _lease), null, cancel);
        ProofReport report = LightProof.Verify(bundle, _chain.Genesis.ChainId, GenesisTrust.ValidatorsHash(_chain.Genesis));
        _teller.Proof(report);
        if (!report.IsValid) throw StateReader.NotProven(report);
        Lease.TryDecode(report.Value, out Lease lease, out _);
        _teller.Say($"So it is proven, and not only said: lease {lease.Id} was worth {Amount.Format(lease.DueTotal)} credits, and no more is owed.");
    }

    private async Task ShowMoneyAsync(CancellationToken cancel) => _teller.Money(await _money.ReadAsync(cancel));

    private static Register Registration(string region) => new(
        Role.Provider, 200 * Credit, "", HashOf("https://provider.example"),
        [new ClassCapacity(ResourceClass.CpuMilli, 8_000)], region, [], SchemaVersion: 1);

    private WriteReview Rating(Stars stars, string text) => new(_lease, ReviewAction.Rate, stars, HashOf(text));

    private Person NewPerson(string name, string key) => new(name, key,
        _chain.Wallet.Create(key, passphrase: null).Address);

    private Person Known(string name, string key) => new(name, key, _chain.Wallet.Find(key)!.Address);

    private static Hash256 HashOf(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text));

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo);
}
