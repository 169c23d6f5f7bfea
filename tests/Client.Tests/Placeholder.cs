namespace Chain.Client.Tests;
public sealed class PlaceholderTests { [Fact] public void Ok() => Assert.True(true); }
